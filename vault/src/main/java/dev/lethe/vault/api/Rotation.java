package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/** A rotation of the epoch keys, as it stands. */
public record Rotation(
    String id,
    State state,
    String reason,
    int fromEpoch,
    int toEpoch,
    long total,
    long done,
    Instant startedAt,
    Optional<Instant> completedAt) {

  /** Phases in order; {@code FAILED} is resumed by the next start or the next rotation. */
  public enum State {
    DISTRIBUTING,
    RESEALING,
    VERIFYING,
    SETTLING,
    DESTROYING,
    COMPLETE,
    FAILED;

    /** The name in the HTTP interface. */
    public String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
