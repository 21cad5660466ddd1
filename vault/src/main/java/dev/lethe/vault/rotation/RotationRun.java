package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.keys.RotationRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A rotation under way: its record, and how far it is. Its completion is kept with the keys alone,
 * so that nobody sees it before another rotation may begin. Thread-safe.
 */
final class RotationRun {
  private volatile RotationRecord record;

  RotationRun(RotationRecord record) {
    this.record = record;
  }

  RotationRecord record() {
    return record;
  }

  Rotation view() {
    return view(record);
  }

  /** People that the pass has yet to reach. */
  long left(long people) {
    return switch (record.state()) {
      case DISTRIBUTING -> people;
      case RESEALING -> Math.max(0, record.total() - record.done());
      default -> 0;
    };
  }

  /** False, and nothing is changed, while it is paused. */
  synchronized boolean enter(State state) {
    if (record.pausedUntil().isPresent()) {
      return false;
    }
    record = record.in(state);
    return true;
  }

  synchronized void beginPass(long total) {
    record = record.progressed(total, 0);
  }

  synchronized void advance(long people) {
    long done = record.done() + people;
    record = record.progressed(Math.max(record.total(), done), done);
  }

  /** False, and nothing is changed, when it is too late: the old epoch is being destroyed. */
  synchronized boolean pause(Instant until) {
    if (record.state() == State.DESTROYING) {
      return false;
    }
    if (record.pausedUntil().isEmpty()) {
      record = record.paused(Optional.of(until));
    }
    return true;
  }

  /** False, and nothing is changed, when it is too late: the old epoch is being destroyed. */
  synchronized boolean resume() {
    if (record.state() == State.DESTROYING) {
      return false;
    }
    record = record.paused(Optional.empty());
    return true;
  }

  boolean paused() {
    return record.pausedUntil().isPresent();
  }

  /** Whether a pause has lasted as long as it may. */
  boolean pauseEnds(Instant now) {
    return record.pausedUntil().filter(until -> !now.isBefore(until)).isPresent();
  }

  static Rotation view(RotationRecord record) {
    return new Rotation(
        record.id(),
        record.pausedUntil().isPresent() ? State.PAUSED : record.state(),
        record.reason(),
        record.fromEpoch(),
        record.toEpoch(),
        record.total(),
        record.done(),
        record.startedAt(),
        record.completedAt(),
        record.rekey(),
        record.pausedUntil());
  }
}
