package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.keys.RotationRecord;
import java.time.Instant;
import java.util.Optional;

/** A rotation under way: its record as last saved, and how far it is. Read by any thread. */
public final class RotationRun {
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

  synchronized RotationRecord enter(Rotation.State state) {
    return replace(state, record.total(), record.done(), record.completedAt());
  }

  synchronized RotationRecord complete(Instant at) {
    return replace(Rotation.State.COMPLETE, record.total(), record.done(), Optional.of(at));
  }

  synchronized void beginPass(long total) {
    replace(record.state(), total, 0, record.completedAt());
  }

  synchronized void advance(long people) {
    long done = record.done() + people;
    replace(record.state(), Math.max(record.total(), done), done, record.completedAt());
  }

  private RotationRecord replace(
      Rotation.State state, long total, long done, Optional<Instant> completedAt) {
    record =
        new RotationRecord(
            record.id(),
            state,
            record.reason(),
            record.fromEpoch(),
            record.toEpoch(),
            record.startedAt(),
            completedAt,
            total,
            done);
    return record;
  }

  static Rotation view(RotationRecord record) {
    return new Rotation(
        record.id(),
        record.state(),
        record.reason(),
        record.fromEpoch(),
        record.toEpoch(),
        record.total(),
        record.done(),
        record.startedAt(),
        record.completedAt());
  }
}
