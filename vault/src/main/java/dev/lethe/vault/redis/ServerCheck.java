package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server must be before anything is entrusted to it. An eviction policy other than {@code
 * noeviction} is refused: Redis would drop subjects at will. The rest is warned of once.
 */
final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);

  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  /** The run id of the server, or a failure that says what to set. */
  Future<String> check(Commands server) {
    return setting(server, "maxmemory-policy")
        .compose(
            policy ->
                policy.isPresent() && !policy.get().equals("noeviction")
                    ? Future.failedFuture(
                        new RedisUnavailableException(
                            "Redis would evict subjects: set maxmemory-policy to noeviction, it is "
                                + policy.get()))
                    : Future.succeededFuture(policy))
        .onSuccess(
            policy -> {
              if (policy.isEmpty()) {
                warn("CONFIG GET is not allowed: make sure of noeviction and appendfsync always");
              }
            })
        .compose(ignored -> setting(server, "appendonly"))
        .onSuccess(
            value ->
                expect(
                    value,
                    "yes",
                    "appendonly is not yes: a crash of Redis loses acknowledged data"))
        .compose(ignored -> setting(server, "appendfsync"))
        .onSuccess(
            value ->
                expect(
                    value,
                    "always",
                    "appendfsync is not always: a crash of Redis may lose acknowledged data"))
        .compose(ignored -> ServerInfo.read(server, "server"))
        .map(info -> info.text("run_id"));
  }

  /** A setting of the server; empty when it has none such, or does not show it to us. */
  static Future<Optional<String>> setting(Commands server, String name) {
    return server
        .send(Request.cmd(Command.CONFIG).arg("GET").arg(name))
        .map(
            reply ->
                reply.size() < 2 ? Optional.<String>empty() : Optional.of(reply.get(1).toString()))
        .recover(
            failure ->
                failure instanceof RedisReplyException
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private void expect(Optional<String> value, String wanted, String otherwise) {
    if (value.isPresent() && !value.get().equals(wanted)) {
      warn(otherwise);
    }
  }

  private void warn(String what) {
    if (warned.add(what)) {
      LOG.warn("Redis: {}", what);
    }
  }
}
