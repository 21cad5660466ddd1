package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A rotation of the epoch keys, as it stands.
 *
 * @param rekey whether everybody's field keys are replaced too, and not only their sealing
 * @param pausedUntil when a paused rotation goes on by itself at the latest
 */
public record Rotation(
    String id,
    State state,
    String reason,
    int fromEpoch,
    int toEpoch,
    long total,
    long done,
    Instant startedAt,
    Optional<Instant> completedAt,
    boolean rekey,
    Optional<Instant> pausedUntil) {

  /** Phases in order, then what may stand in the place of one. */
  public enum State {
    DISTRIBUTING,
    RESEALING,
    VERIFYING,
    SETTLING,
    DESTROYING,
    COMPLETE,
    PAUSED;

    /** The name in the HTTP interface. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
