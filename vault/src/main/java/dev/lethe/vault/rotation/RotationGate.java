package dev.lethe.vault.rotation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What every step of a rotation goes through: closed while the rotation is paused, until somebody
 * resumes it or the pause has lasted as long as it may; shut for good, with a failure, when the
 * vault stops or another node holds the lease.
 *
 * @param resume ends a pause that has lasted as long as it may, and keeps that
 */
record RotationGate(
    Vertx vertx,
    Clock clock,
    RotationRun run,
    BooleanSupplier stopped,
    BooleanSupplier leased,
    Supplier<Future<Void>> resume)
    implements Pass.Gate {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** The vault stops: not a fault, and nothing to try again. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the vault stops");
    }
  }

  Future<Void> open() {
    return open(Duration.ZERO);
  }

  @Override
  public Future<Void> open(Duration rest) {
    if (rest.isZero() && passable()) {
      return Future.succeededFuture();
    }
    Promise<Void> opened = Promise.promise();
    var resuming = new AtomicBoolean();
    vertx.setPeriodic(
        Math.max(1, (rest.isZero() ? LOOK_EVERY : rest).toMillis()),
        timer -> {
          if (run.pauseEnds(clock.instant()) && resuming.compareAndSet(false, true)) {
            resume.get().onFailure(failure -> resuming.set(false));
          }
          try {
            if (!passable()) {
              return;
            }
            opened.tryComplete();
          } catch (RuntimeException e) {
            opened.tryFail(e);
          }
          vertx.cancelTimer(timer);
        });
    return opened.future();
  }

  private boolean passable() {
    if (stopped.getAsBoolean()) {
      throw new StoppedException();
    }
    if (!leased.getAsBoolean()) {
      throw new IllegalStateException("the lease on rotating was lost");
    }
    return !run.paused();
  }
}
