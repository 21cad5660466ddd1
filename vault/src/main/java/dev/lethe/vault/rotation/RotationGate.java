package dev.lethe.vault.rotation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What every step of a rotation goes through: closed while the rotation is paused, until somebody
 * resumes it or the pause has lasted as long as it may; shut for good, with a failure, when the
 * vault stops or another node holds the lease.
 *
 * @param pauseOver whether a pause has lasted as long as it may
 * @param resume ends a pause that has lasted as long as it may, and keeps that
 */
record RotationGate(
    Vertx vertx,
    RotationRun run,
    Stopping stopping,
    BooleanSupplier leased,
    BooleanSupplier pauseOver,
    Supplier<Future<Void>> resume)
    implements Pass.Gate {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  Future<Void> open() {
    return open(Duration.ZERO);
  }

  @Override
  public Future<Void> open(Duration rest) {
    try {
      if (rest.isZero() && passable()) {
        return Future.succeededFuture();
      }
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
    Promise<Void> opened = Promise.promise();
    var resuming = new AtomicBoolean();
    long rested = System.nanoTime() + rest.toNanos();
    boolean brief = !rest.isZero() && rest.compareTo(LOOK_EVERY) < 0;
    vertx.setPeriodic(
        Math.max(1, (brief ? rest : LOOK_EVERY).toMillis()),
        timer -> {
          if (run.paused() && pauseOver.getAsBoolean() && resuming.compareAndSet(false, true)) {
            resume.get().onFailure(failure -> resuming.set(false));
          }
          try {
            if (!passable() || System.nanoTime() - rested < 0) {
              return;
            }
            opened.tryComplete();
          } catch (RuntimeException e) {
            opened.tryFail(e);
          }
          vertx.cancelTimer(timer);
        });
    return stopping.orStop(opened.future());
  }

  /** Waits for something that may take long, but not beyond the stop. */
  Future<Void> orStop(Future<Void> something) {
    return stopping.orStop(something);
  }

  private boolean passable() {
    if (stopping.stopped()) {
      throw new Stopping.StoppedException();
    }
    if (!leased.getAsBoolean()) {
      throw new IllegalStateException("the lease on rotating was lost");
    }
    return !run.paused();
  }
}
