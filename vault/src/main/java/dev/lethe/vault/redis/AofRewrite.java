package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;

/**
 * One rewrite of the append-only file. One that is under way was begun before, so it may still
 * carry what has been removed since: it is waited for, then another is begun. A server that
 * restarts meanwhile has not finished it.
 */
final class AofRewrite {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long POLL_MS = 50;

  /** Set to {@code yes}, parts that are of no use any more stay in the folder. Since Redis 7. */
  private static final String KEEPS_FILES = "aof-disable-auto-gc";

  private final Commands redis;
  private final Vertx vertx;
  private final long lateAt;

  AofRewrite(Commands redis, Vertx vertx) {
    this(redis, vertx, LONGEST);
  }

  AofRewrite(Commands redis, Vertx vertx, Duration longest) {
    this.redis = redis;
    this.vertx = vertx;
    this.lateAt = System.nanoTime() + longest.toNanos();
  }

  Future<Void> run() {
    return runId()
        .compose(
            before ->
                begin()
                    .compose(ignored -> untilIdle())
                    .compose(
                        info ->
                            info.text("aof_last_bgrewrite_status").equals("ok")
                                ? runId()
                                : failed("it failed; the log of Redis says why"))
                    .compose(
                        after ->
                            after.equals(before)
                                ? Future.<Void>succeededFuture()
                                : failed("Redis restarted meanwhile")))
        .recover(failure -> Future.failedFuture(RewriteRefusedException.of(failure)));
  }

  /**
   * The same, on a server that removes the files that the rewrite replaces: one of many parts may
   * be told to keep them.
   */
  Future<Void> runAndRemove() {
    return redis
        .send(Request.cmd(Command.CONFIG).arg("GET").arg(KEEPS_FILES))
        .recover(failure -> Future.failedFuture(RewriteRefusedException.of(failure)))
        .compose(
            reply ->
                reply.size() >= 2 && reply.get(1).toString().equals("yes")
                    ? Future.failedFuture(
                        new RewriteRefusedException("it keeps old files: " + KEEPS_FILES))
                    : run());
  }

  private Future<String> runId() {
    return ServerInfo.read(redis, "server").map(info -> info.text("run_id"));
  }

  private Future<Void> begin() {
    return untilIdle()
        .compose(
            info ->
                info.text("aof_enabled").equals("1")
                    ? redis.send(Request.cmd(Command.BGREWRITEAOF))
                    : Future.failedFuture(new RewriteRefusedException("appendonly is off")))
        .<Void>mapEmpty()
        .recover(
            failure ->
                failure instanceof RedisReplyException
                        && String.valueOf(failure.getMessage()).contains("in progress")
                    ? begin() // somebody else's began in between
                    : Future.failedFuture(failure));
  }

  private Future<ServerInfo> untilIdle() {
    return Repetition.untilLast(this::idle).compose(idle -> ServerInfo.read(redis, "persistence"));
  }

  private Future<Boolean> idle() {
    return ServerInfo.read(redis, "persistence")
        .compose(
            info -> {
              if (info.text("aof_rewrite_in_progress").equals("0")
                  && info.text("aof_rewrite_scheduled").equals("0")) {
                return Future.succeededFuture(true);
              }
              return System.nanoTime() - lateAt > 0
                  ? failed("it takes too long")
                  : vertx.timer(POLL_MS).map(waited -> false);
            });
  }

  private static <T> Future<T> failed(String why) {
    return Future.failedFuture(
        new RedisUnavailableException("the append-only file was not rewritten: " + why));
  }
}
