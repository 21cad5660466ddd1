package dev.lethe.vault.ledger;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/** A body on its way to the disk, and who waits for it on which context. */
record Pending(String body, Promise<Entry> promise, Optional<Context> context) {
  /** Pending for the caller's own context, if it has one. */
  static Pending of(String body) {
    return new Pending(body, Promise.promise(), Optional.ofNullable(Vertx.currentContext()));
  }

  Future<Entry> future() {
    return promise.future();
  }

  void complete(Entry entry) {
    deliver(() -> promise.tryComplete(entry));
  }

  void fail(Throwable cause) {
    deliver(() -> promise.tryFail(cause));
  }

  private void deliver(Runnable outcome) {
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
