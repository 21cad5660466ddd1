package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.BackupMark;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Places;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phases of a rotation in order: distribute, activate, reseal, verify, settle, destroy. Each
 * can be done again without harm, so after a crash or a failure a rotation goes on from resealing;
 * only a complete fresh pass that finds nobody under the old epoch, with the same server from its
 * beginning to its end, and a sample of the people that it found, opened, lead to the destruction.
 */
final class RotationSteps {
  private static final Logger LOG = LoggerFactory.getLogger(RotationSteps.class);
  private static final Duration BACKUP_POLL = Duration.ofSeconds(1);
  private static final Duration DRAIN_POLL = Duration.ofMillis(5);

  private final Vertx vertx;
  private final Keystore keystore;
  private final Ledger ledger;
  private final SubjectStore store;
  private final Nodes nodes;
  private final Places places;
  private final Loops loops;
  private final AuditLog audit;
  private final ServingLatency serving;
  private final BackupMark backups;
  private final IntFunction<Future<Long>> beside;
  private final RotationRule rule;
  private final StepHook hook;
  private final Clock clock;

  /**
   * @param serving what a rotation must not slow
   * @param beside brings under an epoch what is sealed under one beside the grants, and answers how
   *     much of it stood under another
   */
  RotationSteps(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      SubjectStore store,
      Nodes nodes,
      Places places,
      AuditLog audit,
      ServingLatency serving,
      BackupMark backups,
      IntFunction<Future<Long>> beside,
      RotationRule rule,
      StepHook hook,
      Clock clock) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.ledger = ledger;
    this.store = store;
    this.nodes = nodes;
    this.places = places;
    this.loops = new Loops(vertx);
    this.audit = audit;
    this.serving = serving;
    this.backups = backups;
    this.beside = beside;
    this.rule = rule;
    this.hook = hook;
    this.clock = clock;
  }

  /** Makes the new epoch's keys; fails when others have gone beyond it. */
  Future<Void> prepare(RotationRun run) {
    return blocking(() -> keystore.prepare(run.record())).mapEmpty();
  }

  /** Keeps how the rotation stands. */
  Future<Void> save(RotationRun run) {
    return keep(run::record);
  }

  /** Takes over what another node wrote meanwhile; answers whether it completed the rotation. */
  Future<Boolean> isOver(RotationRun run) {
    return blocking(
        () -> {
          keystore.refresh();
          return complete(run);
        });
  }

  private boolean complete(RotationRun run) {
    return keystore
        .rotation(run.record().id())
        .filter(kept -> kept.state() == State.COMPLETE)
        .isPresent();
  }

  private Future<Void> keep(Supplier<RotationRecord> record) {
    return blocking(
            () -> {
              keystore.saveRotation(record);
              return true;
            })
        .mapEmpty();
  }

  /** Goes through all phases. Fails when one fails; going through them again is harmless. */
  Future<Void> through(RotationRun run, RotationGate gate) {
    int from = run.record().fromEpoch();
    int to = run.record().toEpoch();
    if (keystore.ring().lacks(from)) {
      return Future.failedFuture(lacking(from));
    }
    var pace = new Pace(serving, System::nanoTime);
    var reseal =
        new Reseal(
            store,
            places,
            loops,
            gate,
            pace,
            run.record().rekey(),
            new Sample(RandomGenerator.getDefault()));
    if (run.record().state() == State.DESTROYING) {
      // Another server may stand here since: what it holds must not need the old epoch, nor what
      // its replicas hold.
      return keystore.ring().destroyed(from)
          ? destroy(run, gate, from)
          : verify(reseal, gate, to)
              .compose(verified -> settle(run, gate, reseal, verified))
              .compose(settled -> destroy(run, gate, from));
    }
    return prepare(run)
        .compose(
            prepared ->
                complete(run) ? Future.succeededFuture() : throughAll(run, gate, reseal, from, to));
  }

  private Future<Void> throughAll(
      RotationRun run, RotationGate gate, Reseal reseal, int from, int to) {
    return hook.taken(ProtocolStep.EPOCH_PREPARED)
        .compose(taken -> distributed(to, gate))
        .compose(distributed -> hook.taken(ProtocolStep.EPOCH_DISTRIBUTED))
        .compose(taken -> blocking(() -> activate(to)))
        .compose(active -> hook.taken(ProtocolStep.EPOCH_ACTIVATED))
        .compose(taken -> ledger.append(new LedgerEntry.EpochCreated(to)))
        .compose(written -> hook.taken(ProtocolStep.EPOCH_RECORDED))
        .compose(taken -> enter(run, gate, State.RESEALING))
        .compose(entered -> store.subjects())
        .compose(
            people -> {
              run.beginPass(people);
              return reseal.all(run::advance);
            })
        .compose(resealed -> beside.apply(to))
        .compose(resealed -> hook.taken(ProtocolStep.RESEALED))
        .compose(taken -> drained(from, to, gate))
        .compose(drained -> hook.taken(ProtocolStep.DRAINED))
        .compose(taken -> enter(run, gate, State.VERIFYING))
        .compose(entered -> verify(reseal, gate, to))
        .compose(verified -> hook.taken(ProtocolStep.VERIFIED).map(verified))
        .compose(verified -> enter(run, gate, State.SETTLING).map(verified))
        .compose(verified -> settle(run, gate, reseal, verified))
        .compose(settled -> hook.taken(ProtocolStep.SETTLED))
        .compose(taken -> enter(run, gate, State.DESTROYING))
        .compose(entered -> hook.taken(ProtocolStep.DESTRUCTION_INTENDED))
        .compose(taken -> destroy(run, gate, from));
  }

  /** Nobody stood elsewhere at that time, on that server. */
  private record Verified(String server, Instant at) {}

  /** Makes the verified state durable, on the server that it was verified on. */
  private Future<Void> settle(
      RotationRun run, RotationGate gate, Reseal reseal, Verified verified) {
    return reseal
        .openSample()
        .compose(opened -> report(reseal))
        .compose(reported -> gate.orStop(store.ensureDurable(verified.server())))
        .compose(durable -> backedUp(run.record().toEpoch(), verified.at(), gate))
        .compose(backedUp -> gate.open(rule.grace()))
        .compose(settled -> store.runId())
        .compose(
            now ->
                now.equals(verified.server())
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IllegalStateException("another server answers than was verified")));
  }

  private boolean activate(int epoch) {
    if (keystore.ring().active() < epoch) {
      keystore.activate(epoch);
    }
    return true;
  }

  /**
   * Fresh passes until one finds nobody, with the same server from its beginning to its end. That
   * server has to know which nodes seal, and under which epoch: another may know less.
   */
  private Future<Verified> verify(Reseal reseal, RotationGate gate, int epoch) {
    return store
        .runId()
        .compose(
            before ->
                allSealUnder(epoch, gate)
                    .compose(drained -> reseal.verify(epoch))
                    .compose(behind -> beside.apply(epoch).map(others -> behind + others))
                    .compose(
                        behind ->
                            store
                                .runId()
                                .compose(
                                    after ->
                                        behind == 0 && before.equals(after)
                                            ? Future.succeededFuture(
                                                new Verified(after, clock.instant()))
                                            : verify(reseal, gate, epoch))));
  }

  /** Waits, if the rule wants one, for a backup that was begun when nobody stood elsewhere. */
  private Future<Void> backedUp(int epoch, Instant verifiedAt, RotationGate gate) {
    if (!rule.backupRequired()) {
      return Future.succeededFuture();
    }
    LOG.info("epoch {} is kept until there is a backup under epoch {}", epoch - 1, epoch);
    return Repetition.untilLast(
        () ->
            gate.open(BACKUP_POLL)
                .compose(open -> backups.read())
                .map(
                    last ->
                        last.filter(backup -> backup.epoch() >= epoch)
                            .filter(backup -> !backup.at().isBefore(verifiedAt))
                            .isPresent()));
  }

  private Future<Void> report(Reseal reseal) {
    Future<Void> reports = Future.succeededFuture();
    for (var place : reseal.unreadable()) {
      reports = reports.compose(before -> report(place.pseudonym(), "unreadable"));
    }
    for (var place : reseal.notRekeyed()) {
      reports = reports.compose(before -> report(place.pseudonym(), "not-rekeyed"));
    }
    return reports;
  }

  private Future<Void> report(String pseudonym, String outcome) {
    return audit.append("vault", "reseal", pseudonym, outcome).mapEmpty();
  }

  /** Others are said to have destroyed them, and the keystore does not say so. */
  private static IllegalStateException lacking(int epoch) {
    return new IllegalStateException(
        "the keys of epoch "
            + epoch
            + " are not here: Redis says that another node destroyed them, the keystore that none did;"
            + " if none does, stop, HDEL lethe:nodes newest active oldest, and start");
  }

  private Future<Void> destroy(RotationRun run, RotationGate gate, int epoch) {
    return blocking(
            () -> {
              // Whom they would have opened was then taken for unreadable.
              if (keystore.ring().lacks(epoch)) {
                throw lacking(epoch);
              }
              keystore.destroy(epoch);
              return true;
            })
        .compose(destroyed -> hook.taken(ProtocolStep.KEYS_DESTROYED))
        .compose(taken -> nodes.await(gate, all -> all.lowestOldest() > epoch))
        .compose(gone -> hook.taken(ProtocolStep.KEYS_FORGOTTEN))
        .compose(taken -> ledger.append(new LedgerEntry.EpochDestroyed(epoch, run.record().id())))
        .compose(written -> hook.taken(ProtocolStep.DESTRUCTION_RECORDED))
        .compose(taken -> keep(() -> run.record().complete(clock.instant())));
  }

  /** Enters a phase once no pause stands in the way. */
  private Future<Void> enter(RotationRun run, RotationGate gate, State state) {
    return gate.open().compose(opened -> run.enter(state) ? save(run) : enter(run, gate, state));
  }

  /**
   * Waits until each node has the new epoch, or may not seal: what is sealed under it from its
   * activation on has to open everywhere.
   */
  private Future<Void> distributed(int epoch, RotationGate gate) {
    return nodes.await(gate, all -> all.lowestNewest() >= epoch);
  }

  /** Waits until nobody who began under the old epoch can still store anything under it. */
  private Future<Void> drained(int old, int epoch, RotationGate gate) {
    return Repetition.untilLast(
            () -> gate.open(DRAIN_POLL).map(open -> keystore.ring().leases(old) == 0))
        .compose(here -> allSealUnder(epoch, gate));
  }

  private Future<Void> allSealUnder(int epoch, RotationGate gate) {
    return nodes.await(gate, all -> all.lowestSealing() >= epoch);
  }

  private <T> Future<T> blocking(Callable<T> act) {
    return vertx.executeBlocking(act, false);
  }
}
