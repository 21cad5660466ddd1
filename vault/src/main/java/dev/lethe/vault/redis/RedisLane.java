package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection of an event loop, held and pipelined. Commands of the first attempt to connect
 * wait for its end; later, while the server is away, they fail at once. A connection serves only
 * after {@link ServerCheck} and {@link ServerIdentity} agreed to the server at its other end.
 * Confined to the event loop of its context.
 */
final class RedisLane implements Commands {
  /** Shortest and longest pause between two attempts to connect. */
  private static final long SHORTEST_PAUSE_MS = 50;

  private static final long LONGEST_PAUSE_MS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(RedisLane.class);

  /** What all lanes share. */
  record Terms(
      Vertx vertx, String uri, Duration deadline, ServerCheck check, ServerIdentity identity) {}

  private sealed interface State {
    /** The first attempt is under way. */
    record Opening() implements State {}

    record Serving(Wire wire) implements State {}

    /** Trying again, now or after a pause. */
    record Away(RedisUnavailableException why) implements State {}

    record Closed() implements State {}
  }

  private final ContextInternal context;
  private final Terms terms;
  private State state = new State.Opening();

  /** The attempt under way or the last one. */
  private Promise<Wire> attempt = Promise.promise();

  private int failures;

  RedisLane(ContextInternal context, Terms terms) {
    this.context = context;
    this.terms = terms;
  }

  ContextInternal context() {
    return context;
  }

  /** To be called once, on the event loop. */
  void open() {
    Wire.open(terms.vertx(), terms.uri(), terms.deadline())
        .compose(this::examine)
        .onComplete(
            (wire, failure) -> {
              if (failure == null) {
                serve(wire);
              } else {
                away(RedisUnavailableException.of("Redis is not fit to serve", failure));
              }
            });
  }

  private Future<Wire> examine(Wire wire) {
    return terms
        .check()
        .check(wire)
        .compose(
            runId -> {
              Promise<Void> here = context.promise(); // the hook may answer on another event loop
              terms.identity().seen(runId, new SubjectStore(wire, terms.vertx())).onComplete(here);
              return here.future();
            })
        .map(wire)
        .onFailure(
            failure -> wire.close(RedisUnavailableException.of("Redis was refused", failure)));
  }

  private void serve(Wire wire) {
    if (state instanceof State.Closed) {
      wire.close(closedReason());
      return;
    }
    if (failures > 0) {
      LOG.info("Redis is back");
    }
    failures = 0;
    state = new State.Serving(wire);
    attempt.tryComplete(wire);
    wire.closed().onSuccess(this::away);
  }

  private void away(RedisUnavailableException why) {
    if (state instanceof State.Closed) {
      return;
    }
    // Who waits for the first attempt is told by it, and says so once.
    if (failures == 0 && !(state instanceof State.Opening)) {
      LOG.warn("Redis is away: {}", why.getMessage());
    }
    state = new State.Away(why);
    attempt.tryFail(why);
    attempt = Promise.promise();
    var pause = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS << Math.min(failures++, 10));
    var jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    terms
        .vertx()
        .setTimer(
            jittered,
            ignored -> {
              if (!(state instanceof State.Closed)) {
                open();
              }
            });
  }

  @Override
  public Future<Response> send(Request request) {
    if (state instanceof State.Serving serving) {
      return serving.wire().send(request);
    }
    if (state instanceof State.Away away) {
      return Future.failedFuture(away.why());
    }
    if (state instanceof State.Closed) {
      return Future.failedFuture(closedReason());
    }
    return attempt
        .future()
        .timeout(terms.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    RedisUnavailableException.of("Redis is not connected yet", failure)))
        .compose(wire -> wire.send(request));
  }

  @Override
  public <T> T together(Supplier<T> sending) {
    return state instanceof State.Serving serving
        ? serving.wire().together(sending)
        : sending.get();
  }

  /** Completes when the lane serves; fails when the present attempt to connect does. */
  Future<Void> ready() {
    return state instanceof State.Closed
        ? Future.failedFuture(closedReason())
        : state instanceof State.Serving ? Future.succeededFuture() : attempt.future().mapEmpty();
  }

  void close() {
    var before = state;
    state = new State.Closed();
    attempt.tryFail(closedReason());
    if (before instanceof State.Serving serving) {
      serving.wire().close(closedReason());
    }
  }

  private static RedisUnavailableException closedReason() {
    return new RedisUnavailableException("the connection to Redis was closed by us");
  }
}
