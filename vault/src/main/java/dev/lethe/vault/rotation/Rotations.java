package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.EpochState;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts, resumes, schedules and shows rotations; one at a time. */
public final class Rotations {
  private static final Logger LOG = LoggerFactory.getLogger(Rotations.class);
  private static final Duration SCHEDULE_PACE = Duration.ofSeconds(30);

  /** An epoch is replaced after this share of its time, so that it is gone when it must be. */
  private static final double START_AFTER = 0.9;

  private final Vertx vertx;
  private final Keystore keystore;
  private final Ledger ledger;
  private final SubjectStore store;
  private final RotationSteps steps;
  private final Duration every;
  private final Clock clock;
  private volatile Optional<RotationRun> running = Optional.empty();

  private volatile Optional<RotationRun> latest = Optional.empty();

  /** Completes when what runs has ended. */
  private Promise<Void> ended = Promise.promise();

  private volatile long schedule = -1;

  public Rotations(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      SubjectStore store,
      RotationSteps steps,
      Duration every,
      Clock clock) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.ledger = ledger;
    this.store = store;
    this.steps = steps;
    this.every = every;
    this.clock = clock;
  }

  /** Goes on with a rotation that was interrupted, and begins to keep the schedule. */
  public void start() {
    keystore.currentRotation().map(RotationRun::new).filter(this::claim).ifPresent(this::run);
    schedule = vertx.setPeriodic(SCHEDULE_PACE.toMillis(), due -> startWhenDue());
  }

  /**
   * Begins nothing any more and ends what runs at its next step, as a rotation that goes on at the
   * next start.
   *
   * @return completes when nothing runs
   */
  public Future<Void> stop() {
    vertx.cancelTimer(schedule);
    steps.stop();
    return end();
  }

  private synchronized Future<Void> end() {
    return running.isEmpty() ? Future.succeededFuture() : ended.future();
  }

  private void startWhenDue() {
    var age = Duration.between(activeSince(), clock.instant());
    if (age.toMillis() >= every.toMillis() * START_AFTER && running.isEmpty()) {
      begin("scheduled")
          .onFailure(failure -> LOG.error("a rotation is due and does not start", failure));
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

  /** Begins a rotation; {@code CONFLICT} while one runs. */
  public Future<Outcome<Rotation>> begin(String reason) {
    if (steps.stopped()) {
      return Future.succeededFuture(Outcome.refused(Refusal.UNAVAILABLE));
    }
    int from = keystore.ring().active();
    var record =
        new RotationRecord(
            UUID.randomUUID().toString(),
            Rotation.State.DISTRIBUTING,
            reason,
            from,
            from + 1,
            clock.instant(),
            Optional.empty(),
            0,
            0);
    var run = new RotationRun(record);
    if (!claim(run)) {
      return Future.succeededFuture(Outcome.refused(Refusal.CONFLICT));
    }
    return steps
        .prepare(run)
        .onSuccess(prepared -> run(run))
        .onFailure(failure -> release())
        .map(prepared -> Outcome.done(run.view()));
  }

  private synchronized boolean claim(RotationRun run) {
    if (running.isPresent()) {
      return false;
    }
    running = Optional.of(run);
    latest = running;
    ended = Promise.promise();
    return true;
  }

  private synchronized void release() {
    running = Optional.empty();
    ended.complete();
  }

  /** The rotation that runs, or else the last one that was begun or resumed here. */
  public Optional<Rotation> latest() {
    return latest.map(RotationRun::view);
  }

  private void run(RotationRun run) {
    steps.run(run).onComplete(ended -> release());
  }

  /** The rotation of that id, as it stands. */
  public Outcome<Rotation> find(String id) {
    return running
        .map(RotationRun::record)
        .filter(record -> record.id().equals(id))
        .or(() -> keystore.rotation(id))
        .map(record -> Outcome.done(RotationRun.view(record)))
        .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND));
  }

  /**
   * All epochs; people are counted under the active one, and under a retiring one those that a
   * running pass has yet to reach.
   */
  public Future<Keys> keys() {
    return store
        .subjects()
        .map(
            people ->
                new Keys(
                    keystore.ring().active(),
                    keystore.ring().epochs().stream()
                        .filter(info -> info.state() != EpochState.PREPARED)
                        .map(info -> epoch(info, people))
                        .toList(),
                    ledger.index().pendingUnrecoverable()));
  }

  private Keys.Epoch epoch(EpochInfo info, long people) {
    long left = running.map(run -> run.left(people)).orElse(0L);
    long grants =
        info.state() == EpochState.ACTIVE
            ? people - left
            : info.state() == EpochState.RETIRING ? left : 0;
    return new Keys.Epoch(
        info.number(),
        info.state().name().toLowerCase(Locale.ROOT),
        info.createdAt(),
        info.destroyedAt(),
        grants);
  }
}
