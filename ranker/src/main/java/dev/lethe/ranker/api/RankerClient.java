package dev.lethe.ranker.api;

import dev.lethe.vault.api.NearbyConsumers;
import dev.lethe.vault.api.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.time.Duration;

/** Asks the ranker over the event bus. */
public final class RankerClient {
  private final Vertx vertx;
  private final Clock clock;

  public RankerClient(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /**
   * Sends a request and waits for its answer until its deadline.
   *
   * @param <T> what a fulfilled request of this type answers, as its documentation says
   * @return an outcome; an absent, overloaded or late ranker is {@code UNAVAILABLE}, never a failed
   *     future
   */
  public <T> Future<Outcome<T>> ask(RankerRequest request) {
    long remaining = Duration.between(clock.instant(), request.deadline()).toMillis();
    if (remaining <= 0) {
      return Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    }
    return vertx
        .eventBus()
        .<Outcome<T>>request(
            NearbyConsumers.nearest(vertx, request.address()),
            request,
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(remaining))
        .map(Message::body)
        .recover(
            failure ->
                failure instanceof ReplyException
                    ? Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE))
                    : Future.failedFuture(failure));
  }
}
