package dev.lethe.vault.ledger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body on its way to the disk, and who waits for it on which context. It is answered once; what
 * comes later is not heard.
 *
 * @param since when it was asked for, {@link System#nanoTime}
 */
record Pending(
    String body,
    Promise<Entry> promise,
    Optional<Context> context,
    long since,
    AtomicBoolean answered) {
  /** Pending for the caller's own context, if it has one. */
  static Pending of(String body) {
    return new Pending(
        body,
        Promise.promise(),
        Optional.ofNullable(Vertx.currentContext()),
        System.nanoTime(),
        new AtomicBoolean());
  }

  Future<Entry> future() {
    return promise.future();
  }

  boolean olderThan(Duration age) {
    return System.nanoTime() - since > age.toNanos();
  }

  boolean isAnswered() {
    return answered.get();
  }

  void complete(Entry entry) {
    deliver(() -> promise.complete(entry));
  }

  void fail(Throwable cause) {
    deliver(() -> promise.fail(cause));
  }

  private void deliver(Runnable outcome) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    if (context.isEmpty()) {
      outcome.run();
      return;
    }
    try {
      context.get().runOnContext(nothing -> outcome.run());
    } catch (RejectedExecutionException e) {
      // The caller's event loop has stopped; whoever still listens hears it from this thread.
      outcome.run();
    }
  }
}
