package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that what a run of a server holds is on its disk, so that no crash takes it back.
 *
 * <p>A rewrite of the append-only file that begins now and ends does it on every server. One that
 * refuses it may show instead, to a connection of our own and after a write of ours, that it has
 * synchronised its file that far ({@code WAITAOF}, since Redis 7.2), or that it answers no write
 * before it has ({@code appendfsync always}). What we write comes after everything else, and a file
 * is synchronised as a whole.
 */
final class Durability {
  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);
  private static final String MARK = "lethe:durable";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than what the server is told, so that it is the one to answer. */
  private static final Duration DEADLINE = PATIENCE.plusSeconds(5);

  private final Commands redis;
  private final Vertx vertx;

  Durability(Commands redis, Vertx vertx) {
    this.redis = redis;
    this.vertx = vertx;
  }

  Future<Void> ensure(String runId) {
    return new AofRewrite(redis, vertx)
        .run()
        .recover(
            failure ->
                failure instanceof RewriteRefusedException refused
                    ? shown(runId, refused)
                    : Future.failedFuture(failure));
  }

  private Future<Void> shown(String runId, RewriteRefusedException refused) {
    return redis.aside(
        DEADLINE,
        own ->
            ServerInfo.read(own, "server")
                .compose(
                    info ->
                        info.text("run_id").equals(runId)
                            ? synchronised(own, refused)
                            : Future.failedFuture(
                                new RedisUnavailableException("another server answers"))));
  }

  private static Future<Void> synchronised(Commands own, RewriteRefusedException refused) {
    return write(own)
        .compose(written -> own.send(waitForDisk()))
        .map(reply -> reply.get(0).toLong() > 0)
        .recover(
            failure ->
                failure instanceof RedisReplyException
                    ? beforeItAnswers(own, refused)
                    : Future.failedFuture(failure))
        .compose(
            onDisk -> {
              if (!onDisk) {
                return Future.failedFuture(
                    new RedisUnavailableException("Redis does not get its writes to the disk"));
              }
              LOG.info(
                  "{}; its disk holds what it acknowledged all the same", refused.getMessage());
              return Future.succeededFuture();
            });
  }

  private static Future<Void> write(Commands own) {
    return own.send(Request.cmd(Command.INCR).arg(MARK)).mapEmpty();
  }

  /** Answers how many of the server's own files are synchronised with what we wrote. */
  private static Request waitForDisk() {
    return Request.cmd(Command.create("WAITAOF")).arg(1).arg(0).arg(PATIENCE.toMillis());
  }

  private static Future<Boolean> beforeItAnswers(Commands own, RewriteRefusedException refused) {
    return is(own, "appendonly", "yes", refused)
        .compose(yes -> is(own, "appendfsync", "always", refused))
        .compose(yes -> is(own, "no-appendfsync-on-rewrite", "no", refused))
        .compose(yes -> write(own))
        .map(written -> true);
  }

  private static Future<Void> is(
      Commands own, String name, String wanted, RewriteRefusedException refused) {
    return ServerCheck.setting(own, name)
        .compose(
            value ->
                value.filter(wanted::equals).isPresent()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new RewriteRefusedException(
                            "%s; nor can it be shown that its disk holds what it acknowledged: it needs BGREWRITEAOF, WAITAOF, or CONFIG GET and %s %s"
                                .formatted(refused.getMessage(), name, wanted))));
  }
}
