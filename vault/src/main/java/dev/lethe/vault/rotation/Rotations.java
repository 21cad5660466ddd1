package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.BackupMark;
import dev.lethe.vault.redis.Lease;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Places;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, pauses, resumes, schedules and shows rotations; one at a time. */
public final class Rotations {
  private static final Logger LOG = LoggerFactory.getLogger(Rotations.class);
  private static final Duration SCHEDULE_PACE = Duration.ofSeconds(30);

  /** An epoch is replaced after this share of its time, so that it is gone when it must be. */
  private static final double START_AFTER = 0.9;

  private final Vertx vertx;
  private final Keystore keystore;
  private final Ledger ledger;
  private final RotationSteps steps;
  private final RotationRunner runner;
  private final Duration every;
  private final Clock clock;
  private volatile Optional<RotationRun> running = Optional.empty();
  private volatile Optional<RotationRun> latest = Optional.empty();
  private volatile Optional<Long> schedule = Optional.empty();

  /** Completes when what runs has ended. */
  private Promise<Void> ended = Promise.promise();

  private Rotations(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      RotationSteps steps,
      RotationRunner runner,
      Duration every,
      Clock clock) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.ledger = ledger;
    this.steps = steps;
    this.runner = runner;
    this.every = every;
    this.clock = clock;
  }

  /**
   * Rotations of a vault.
   *
   * @param nodes that have to follow
   * @param lease keeps other nodes from rotating at the same time
   * @param serving what a rotation must not slow
   * @param backups asked for one under the new epoch, if the rule wants one
   * @param beside brings under an epoch what is sealed under one beside the grants, and answers how
   *     much of it stood under another
   */
  public static Rotations of(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      SubjectStore store,
      Nodes nodes,
      Places places,
      AuditLog audit,
      Lease lease,
      ServingLatency serving,
      BackupMark backups,
      IntFunction<Future<Long>> beside,
      RotationRule rule,
      StepHook hook,
      Clock clock) {
    var steps =
        new RotationSteps(
            vertx, keystore, ledger, store, nodes, places, audit, serving, backups, beside, rule,
            hook, clock);
    var runner = new RotationRunner(vertx, steps, lease, ledger, audit, clock);
    return new Rotations(vertx, keystore, ledger, steps, runner, rule.every(), clock);
  }

  /** Goes on with a rotation that was interrupted, and begins to keep the schedule. */
  public void start() {
    next();
    schedule = Optional.of(vertx.setPeriodic(SCHEDULE_PACE.toMillis(), due -> startWhenDue()));
  }

  /**
   * Begins nothing any more and ends what runs at its next step, as a rotation that goes on at the
   * next start.
   *
   * @return completes when nothing runs
   */
  public Future<Void> stop() {
    schedule.ifPresent(vertx::cancelTimer);
    runner.stop();
    return end();
  }

  private synchronized Future<Void> end() {
    return running.isEmpty() ? Future.succeededFuture() : ended.future();
  }

  private void startWhenDue() {
    var age = Duration.between(activeSince(), clock.instant());
    if (age.toMillis() >= every.toMillis() * START_AFTER && running.isEmpty()) {
      begin("scheduled", false);
    }
  }

  private Instant activeSince() {
    int active = keystore.ring().active();
    return keystore.ring().epochs().stream()
        .filter(info -> info.number() == active)
        .map(EpochInfo::createdAt)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no epoch is active"));
  }

  /**
   * Begins a rotation; {@code CONFLICT} while one runs.
   *
   * @param rekey whether everybody's field keys are replaced too
   */
  public Future<Outcome<Rotation>> begin(String reason, boolean rekey) {
    if (runner.stopped()) {
      return Future.succeededFuture(Outcome.refused(Refusal.UNAVAILABLE));
    }
    var id = UUID.randomUUID().toString();
    var run =
        new RotationRun(
            RotationRecord.begin(id, reason, keystore.ring().active(), clock.instant(), rekey));
    // One that waits its turn goes first.
    if (keystore.currentRotation().isPresent() || !claim(run)) {
      return Future.succeededFuture(Outcome.refused(Refusal.CONFLICT));
    }
    return steps
        .prepare(run)
        .onSuccess(prepared -> run(run))
        .onFailure(
            failure -> {
              LOG.error(
                  "a rotation is due or asked for and does not begin: {}", failure.toString());
              release();
            })
        .map(prepared -> Outcome.done(run.view()));
  }

  /**
   * Answers to a compromised epoch: a rotation that also replaces every field key that the epoch's
   * keys could open. While another rotation runs, it begins as soon as that one has ended.
   *
   * @return {@code NOT_FOUND} when there never was such an epoch
   */
  public Future<Outcome<Rotation>> compromised(int epoch) {
    if (keystore.ring().epochs().stream().noneMatch(info -> info.number() == epoch)) {
      return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
    }
    var reason = "epoch " + epoch + " is compromised";
    return begin(reason, true)
        .compose(
            begun ->
                begun instanceof Outcome.Refused<Rotation> refused
                        && refused.reason() == Refusal.CONFLICT
                    ? afterwards(reason)
                    : Future.succeededFuture(begun));
  }

  /** Keeps a rotation that follows the one under way. */
  private Future<Outcome<Rotation>> afterwards(String reason) {
    var before = running.map(run -> run.record().toEpoch()).orElse(keystore.ring().active());
    var id = UUID.randomUUID().toString();
    var run = new RotationRun(RotationRecord.begin(id, reason, before, clock.instant(), true));
    return steps.save(run).onSuccess(saved -> next()).map(saved -> Outcome.done(run.view()));
  }

  /** Runs what waits, unless another rotation does. */
  private void next() {
    keystore.currentRotation().map(RotationRun::new).filter(this::claim).ifPresent(this::run);
  }

  private synchronized boolean claim(RotationRun run) {
    if (running.isPresent()) {
      return false;
    }
    running = Optional.of(run);
    ended = Promise.promise();
    return true;
  }

  private synchronized void release() {
    running = Optional.empty();
    ended.complete();
  }

  /** The rotation that runs, or else the last one that was begun or resumed here. */
  public Optional<Rotation> latest() {
    return latest
        .map(RotationRun::record)
        .map(
            record ->
                RotationRun.view(
                    running(record.id()).isPresent()
                        ? record
                        : keystore.rotation(record.id()).orElse(record)));
  }

  private void run(RotationRun run) {
    latest = Optional.of(run);
    runner
        .run(run)
        .onComplete(
            ended -> {
              release();
              if (!runner.stopped()) {
                next();
              }
            });
  }

  /** The rotation of that id, as it stands. */
  public Outcome<Rotation> find(String id) {
    return running(id)
        .map(RotationRun::record)
        .or(() -> keystore.rotation(id))
        .map(record -> Outcome.done(RotationRun.view(record)))
        .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND));
  }

  private Optional<RotationRun> running(String id) {
    return running.filter(run -> run.record().id().equals(id));
  }

  /** The rotation that runs, if one does. */
  Optional<RotationRun> running() {
    return running;
  }

  /**
   * Pauses a rotation, until it is resumed and for no longer than the dates promised to the erased
   * allow; {@code CONFLICT} once the old epoch is being destroyed.
   */
  public Future<Outcome<Rotation>> pause(String id) {
    var until = PauseLimit.of(clock.instant(), every, ledger.index().earliestPromise());
    return steer(id, run -> run.pause(until));
  }

  /** Lets a paused rotation go on; {@code CONFLICT} once the old epoch is being destroyed. */
  public Future<Outcome<Rotation>> resume(String id) {
    return steer(id, RotationRun::resume);
  }

  private Future<Outcome<Rotation>> steer(
      String id, java.util.function.Predicate<RotationRun> change) {
    var run = running(id);
    if (run.isEmpty()) {
      return Future.succeededFuture(
          Outcome.refused(
              keystore.rotation(id).isPresent() ? Refusal.CONFLICT : Refusal.NOT_FOUND));
    }
    return change.test(run.get())
        ? steps.save(run.get()).map(saved -> Outcome.done(run.get().view()))
        : Future.succeededFuture(Outcome.refused(Refusal.CONFLICT));
  }
}
