package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;

/**
 * Whom a Redis belongs to: the first that claims it. Futures fail as those of {@link SubjectStore}.
 */
public final class InstallationStore {
  private static final LuaScript INSTALL = LuaScript.resource("install.lua");
  private static final String KEY = "lethe:installation";

  private final Commands redis;

  InstallationStore(Commands redis) {
    this.redis = redis;
  }

  /** Whom this Redis belongs to; empty when nobody has claimed it. */
  public Future<Optional<Installation>> owner() {
    return redis
        .send(Request.cmd(Command.HMGET).arg(KEY).arg("id").arg("pepper").arg("format"))
        .map(reply -> reply.get(0) == null ? Optional.empty() : Optional.of(parse(reply)));
  }

  /** Claims this Redis unless somebody did before; gives whom it belongs to now. */
  public Future<Installation> claim(Installation mine) {
    return INSTALL
        .run(
            redis,
            List.of(KEY),
            List.of(bytes(mine.id()), bytes(mine.pepperFingerprint()), bytes(mine.format())))
        .map(InstallationStore::parse);
  }

  private static Installation parse(Response reply) {
    return new Installation(
        reply.get(0).toString(),
        reply.get(1).toString(),
        Integer.parseInt(reply.get(2).toString()));
  }
}
