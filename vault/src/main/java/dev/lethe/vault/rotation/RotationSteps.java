package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phases of a rotation in order: distribute, activate, reseal, verify, settle, destroy. Each
 * can be done again without harm, so after a crash or a failure a rotation goes on from resealing;
 * only a complete fresh pass that finds nobody under the old epoch leads to its destruction.
 */
public final class RotationSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RotationSteps.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration DRAIN_POLL = Duration.ofMillis(5);

  private final Vertx vertx;
  private final Keystore keystore;
  private final Ledger ledger;
  private final SubjectStore store;
  private final Subjects subjects;
  private final AuditLog audit;
  private final Duration grace;
  private final Clock clock;
  private final Stopping stopping = new Stopping();

  /**
   * @param grace how long the resealed state stands before the old epoch is destroyed
   */
  public RotationSteps(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      SubjectStore store,
      Subjects subjects,
      AuditLog audit,
      Duration grace,
      Clock clock) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.ledger = ledger;
    this.store = store;
    this.subjects = subjects;
    this.audit = audit;
    this.grace = grace;
    this.clock = clock;
  }

  /** Ends what runs at its next step; it goes on at the next start. */
  void stop() {
    stopping.stop();
  }

  /** Makes the new epoch's keys and hands them to every holder. */
  Future<Void> prepare(RotationRun run) {
    return blocking(() -> keystore.prepare(run.record())).mapEmpty();
  }

  boolean stopped() {
    return stopping.stopped();
  }

  /** Goes through all phases; what fails is tried again until it holds or the vault stops. */
  Future<Void> run(RotationRun run) {
    return Repetition.untilLast(() -> attempt(run));
  }

  /** Whether nothing is left to try. */
  private Future<Boolean> attempt(RotationRun run) {
    return phases(run)
        .map(true)
        .recover(
            failure -> {
              if (stopping.stopped()) {
                LOG.info("rotation {} goes on at the next start", run.record().id());
                return Future.succeededFuture(true);
              }
              LOG.warn("rotation {} tries again: {}", run.record().id(), failure.toString());
              return pause(RETRY_AFTER).map(false).otherwise(true);
            });
  }

  private Future<Void> phases(RotationRun run) {
    int from = run.record().fromEpoch();
    int to = run.record().toEpoch();
    if (run.record().state() == State.DESTROYING) {
      return stopping.check().compose(goOn -> destroy(run, from));
    }
    var reseal = new Reseal(store, subjects, stopping);
    return stopping
        .check()
        .compose(goOn -> blocking(() -> keystore.prepare(run.record())))
        .compose(prepared -> blocking(() -> activate(to)))
        .compose(active -> ledger.append(new LedgerEntry.EpochCreated(to)))
        .compose(written -> enter(run, State.RESEALING))
        .compose(entered -> store.subjects())
        .compose(
            people -> {
              run.beginPass(people);
              return reseal.all(run::advance);
            })
        .compose(resealed -> drained(from))
        .compose(drained -> enter(run, State.VERIFYING))
        .compose(entered -> verify(reseal, to))
        .compose(verified -> report(reseal))
        .compose(reported -> enter(run, State.SETTLING))
        .compose(entered -> stopping.orStop(store.rewrite()))
        .compose(durable -> grace.isZero() ? Future.<Void>succeededFuture() : pause(grace))
        .compose(settled -> enter(run, State.DESTROYING))
        .compose(entered -> destroy(run, from));
  }

  private boolean activate(int epoch) {
    if (keystore.ring().active() < epoch) {
      keystore.activate(epoch);
    }
    return true;
  }

  /** Fresh passes until one finds nobody, with the same server from its beginning to its end. */
  private Future<Void> verify(Reseal reseal, int epoch) {
    return store
        .runId()
        .compose(
            before ->
                reseal
                    .verify(epoch)
                    .compose(
                        behind ->
                            store
                                .runId()
                                .compose(
                                    after ->
                                        behind == 0 && before.equals(after)
                                            ? Future.succeededFuture()
                                            : verify(reseal, epoch))));
  }

  private Future<Void> report(Reseal reseal) {
    Future<Void> reports = Future.succeededFuture();
    for (var pseudonym : reseal.unreadable()) {
      reports =
          reports
              .compose(before -> audit.append("vault", "reseal", pseudonym, "unreadable"))
              .mapEmpty();
    }
    return reports;
  }

  private Future<Void> destroy(RotationRun run, int epoch) {
    return blocking(
            () -> {
              keystore.destroy(epoch);
              return true;
            })
        .compose(
            destroyed -> ledger.append(new LedgerEntry.EpochDestroyed(epoch, run.record().id())))
        .compose(written -> save(() -> run.complete(clock.instant())));
  }

  private Future<Void> enter(RotationRun run, State state) {
    return stopping.check().compose(goOn -> save(() -> run.enter(state)));
  }

  private Future<Void> save(Supplier<dev.lethe.vault.keys.RotationRecord> record) {
    return blocking(
            () -> {
              keystore.saveRotation(record.get());
              return true;
            })
        .mapEmpty();
  }

  /** Waits until nobody who began under the old epoch can still store anything under it. */
  private Future<Void> drained(int epoch) {
    return Repetition.untilLast(
        () ->
            stopping
                .check()
                .compose(goOn -> timer(DRAIN_POLL))
                .map(waited -> keystore.ring().leases(epoch) == 0));
  }

  private Future<Void> pause(Duration pause) {
    return stopping.orStop(timer(pause));
  }

  private Future<Void> timer(Duration pause) {
    var promise = Promise.<Void>promise();
    vertx.setTimer(pause.toMillis(), due -> promise.complete());
    return promise.future();
  }

  private <T> Future<T> blocking(Callable<T> act) {
    return vertx.executeBlocking(act, false);
  }
}
