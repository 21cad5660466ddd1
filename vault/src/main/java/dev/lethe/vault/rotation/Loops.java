package dev.lethe.vault.rotation;

import dev.lethe.vault.redis.RedisLanes;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Hands work to event loops in turn: resealing is mostly encryption, and one processor does half of
 * what Redis can take. Each has lanes of its own, so that serving does not queue behind a pass.
 * Confined to one event loop, on which every result arrives.
 */
final class Loops {
  private static final int LANES_PER_PROCESSOR = 4;

  /** A server of others' may allow few connections. */
  private static final int MOST_LANES = 16;

  private final VertxInternal vertx;
  private final List<Context> contexts;
  private int next;

  Loops(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
    this.contexts =
        Stream.<Context>generate(() -> RedisLanes.ownLane(this.vertx.createEventLoopContext()))
            .limit(
                Math.min(
                    MOST_LANES, LANES_PER_PROCESSOR * Runtime.getRuntime().availableProcessors()))
            .toList();
  }

  /** Begins some work on the loop whose turn it is. */
  <T> Future<T> begin(Supplier<Future<T>> work) {
    var here = vertx.getOrCreateContext().<T>promise();
    contexts
        .get(next)
        .runOnContext(turn -> Future.succeededFuture().compose(on -> work.get()).onComplete(here));
    next = (next + 1) % contexts.size();
    return here.future();
  }
}
