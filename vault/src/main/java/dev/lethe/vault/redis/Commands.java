package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where commands go: a lane, or a connection that does not serve yet. */
@FunctionalInterface
interface Commands {
  /**
   * Sends a command. A nil reply arrives as null.
   *
   * @return fails with {@link RedisUnavailableException} or {@link RedisReplyException}
   */
  Future<Response> send(Request request);

  /**
   * Sends commands that keep whatever comes after them waiting, where nobody else's do.
   *
   * @param deadline for each of them
   */
  default <T> Future<T> aside(Duration deadline, Function<Commands, Future<T>> use) {
    return use.apply(this);
  }

  /**
   * Sends in one write what is read while something runs on this event loop. Where one of these
   * commands fails, all do.
   */
  default <T> T together(Supplier<T> sending) {
    return sending.get();
  }

  /** Counts the runs of the server that were met, so that one can be told from the next. */
  default long server() {
    return 0;
  }
}
