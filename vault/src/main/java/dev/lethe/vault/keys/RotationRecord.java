package dev.lethe.vault.keys;

import dev.lethe.vault.api.Rotation.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A rotation as kept beside the keys that it replaces, so that it is resumed wherever it stopped.
 *
 * @param state its phase; a pause leaves it as it is
 * @param rekey whether field keys are replaced too
 * @param pausedUntil present while it is paused: when it goes on by itself
 */
public record RotationRecord(
    String id,
    State state,
    String reason,
    int fromEpoch,
    int toEpoch,
    Instant startedAt,
    Optional<Instant> completedAt,
    long total,
    long done,
    boolean rekey,
    Optional<Instant> pausedUntil) {

  /** A rotation that is about to begin. */
  public static RotationRecord begin(
      String id, String reason, int fromEpoch, Instant at, boolean rekey) {
    return new RotationRecord(
        id,
        State.DISTRIBUTING,
        reason,
        fromEpoch,
        fromEpoch + 1,
        at,
        Optional.empty(),
        0,
        0,
        rekey,
        Optional.empty());
  }

  public RotationRecord in(State next) {
    return with(next, total, done, completedAt, pausedUntil);
  }

  public RotationRecord progressed(long of, long people) {
    return with(state, of, people, completedAt, pausedUntil);
  }

  public RotationRecord paused(Optional<Instant> until) {
    return with(state, total, done, completedAt, until);
  }

  public RotationRecord complete(Instant at) {
    return with(State.COMPLETE, total, done, Optional.of(at), Optional.empty());
  }

  private RotationRecord with(
      State next, long of, long people, Optional<Instant> completed, Optional<Instant> until) {
    return new RotationRecord(
        id, next, reason, fromEpoch, toEpoch, startedAt, completed, of, people, rekey, until);
  }
}
