package dev.lethe.vault.rotation;

import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a rotation through to its end: under the lease that one node at a time holds, again after
 * each failure, until it is complete or the vault stops.
 */
final class RotationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(RotationRunner.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private static final Duration RENEW_EVERY = Duration.ofSeconds(4);

  private final Vertx vertx;
  private final RotationSteps steps;
  private final Lease lease;
  private final Ledger ledger;
  private final AuditLog audit;
  private final Clock clock;
  private final Stopping stopping = new Stopping();

  RotationRunner(
      Vertx vertx, RotationSteps steps, Lease lease, Ledger ledger, AuditLog audit, Clock clock) {
    this.vertx = vertx;
    this.steps = steps;
    this.lease = lease;
    this.ledger = ledger;
    this.audit = audit;
    this.clock = clock;
  }

  /** Completes when the rotation is complete, or has come to a halt because the vault stops. */
  Future<Void> run(RotationRun run) {
    Promise<Void> end = Promise.promise();
    attempt(run, end);
    return end.future();
  }

  private void attempt(RotationRun run, Promise<Void> end) {
    if (stopping.stopped()) {
      end.complete();
      return;
    }
    lease
        .take()
        .compose(mine -> mine ? steps.isOver(run) : Future.failedFuture(otherNode()))
        .compose(over -> over ? Future.succeededFuture() : leased(run))
        .onComplete(
            done -> {
              if (done.succeeded() || stopping.stopped()) {
                if (done.failed()) {
                  LOG.info("rotation {} goes on at the next start", run.record().id());
                }
                lease.release().onComplete(released -> end.complete());
                return;
              }
              LOG.warn("rotation {} tries again: {}", run.record().id(), done.cause().toString());
              stopping
                  .orStop(vertx.timer(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS).mapEmpty())
                  .onComplete(waited -> attempt(run, end));
            });
  }

  private static IllegalStateException otherNode() {
    return new IllegalStateException("another node holds the lease on rotating");
  }

  private Future<Void> leased(RotationRun run) {
    long renewal =
        vertx.setPeriodic(
            RENEW_EVERY.toMillis(),
            due ->
                lease
                    .take()
                    .onFailure(
                        failure -> LOG.warn("the lease is not renewed: {}", failure.getMessage())));
    var gate =
        new RotationGate(
            vertx, run, stopping, lease::held, () -> pauseOver(run), () -> resumeByItself(run));
    return steps.through(run, gate).onComplete(ended -> vertx.cancelTimer(renewal));
  }

  /** Promises made during a pause count as much as those from before. */
  private boolean pauseOver(RotationRun run) {
    var now = clock.instant();
    return run.pauseEnds(now) || PauseLimit.isDue(now, ledger.index().earliestPromise());
  }

  private Future<Void> resumeByItself(RotationRun run) {
    run.resume();
    return steps
        .save(run)
        .compose(
            saved -> audit.append("vault", "resumeRotation", run.record().id(), "pause-too-long"))
        .mapEmpty();
  }

  boolean stopped() {
    return stopping.stopped();
  }

  /** Comes to a halt at the next step; what is unfinished goes on at the next start. */
  void stop() {
    stopping.stop();
  }
}
