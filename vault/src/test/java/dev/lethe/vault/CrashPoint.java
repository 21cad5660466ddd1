package dev.lethe.vault;

import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.protocol.StepHook;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/** Ends the protocols at one step, and lets none of them go on from there, as a crash would. */
final class CrashPoint implements StepHook {
  private Optional<ProtocolStep> at = Optional.empty();
  private Promise<Void> met = Promise.promise();
  private boolean crashed;

  synchronized void set(ProtocolStep step) {
    at = Optional.of(step);
    met = Promise.promise();
    crashed = false;
  }

  synchronized void clear() {
    at = Optional.empty();
    crashed = false;
  }

  /** Completes when the step was taken. */
  synchronized Future<Void> met() {
    return met.future();
  }

  @Override
  public synchronized Future<Void> taken(ProtocolStep step) {
    if (at.filter(step::equals).isPresent()) {
      crashed = true;
      met.tryComplete();
    }
    return crashed
        ? Future.failedFuture(new IllegalStateException("crashed at " + step))
        : Future.succeededFuture();
  }
}
