package dev.lethe.vault.api;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.time.Duration;

/** Asks the vault over the event bus. */
public final class VaultClient {
  /** A header of each request: when it was sent, by {@link System#nanoTime} of its process. */
  private static final String SENT = "sent";

  private final Vertx vertx;
  private final Clock clock;

  public VaultClient(Vertx vertx, Clock clock) {
    this.vertx = vertx;
    this.clock = clock;
  }

  /**
   * When a request was sent by a client in this process, by {@link System#nanoTime}; now, if nobody
   * says.
   *
   * @param headers of its message
   */
  public static long sent(MultiMap headers) {
    var sent = headers.get(SENT);
    return sent == null ? System.nanoTime() : Long.parseLong(sent);
  }

  /**
   * Sends a request and waits for its answer until its deadline.
   *
   * @param <T> what a fulfilled request of this type answers, as its documentation says
   * @return an outcome; an absent, overloaded or late vault is {@code UNAVAILABLE}, never a failed
   *     future
   */
  public <T> Future<Outcome<T>> ask(VaultRequest request) {
    long remaining = Duration.between(clock.instant(), request.deadline()).toMillis();
    if (remaining <= 0) {
      return Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    }
    var address = NearbyConsumers.nearest(vertx, request.address());
    var options =
        new DeliveryOptions()
            .setLocalOnly(
                !(request instanceof VaultRequest.Disclose) || !address.equals(request.address()))
            .addHeader(SENT, Long.toString(System.nanoTime()))
            .setSendTimeout(remaining);
    return vertx
        .eventBus()
        .<Outcome<T>>request(address, request, options)
        .map(io.vertx.core.eventbus.Message::body)
        .recover(
            failure ->
                failure instanceof ReplyException
                    ? Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE))
                    : Future.failedFuture(failure));
  }
}
