package dev.lethe.vault.ledger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the next checkpoint is due: often enough that little is ever unsigned. Not thread-safe. */
final class CheckpointPace {
  /** With so many entries behind the last one, whatever the time. */
  static final int MAX_ENTRIES = 1_000;

  /** With anything behind the last one. */
  static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final Clock clock;
  private long last;
  private Instant lastAt;

  /**
   * Counts from now.
   *
   * @param last number of the entry that is the last checkpoint; 0 when there is none
   */
  CheckpointPace(Clock clock, long last) {
    this.clock = clock;
    this.last = last;
    this.lastAt = clock.instant();
  }

  boolean unsigned(long entries) {
    return entries > last;
  }

  boolean due(long entries) {
    return unsigned(entries)
        && (entries - last >= MAX_ENTRIES || !clock.instant().isBefore(lastAt.plus(MAX_AGE)));
  }

  /** A checkpoint stands as entry {@code seq}. */
  void written(long seq) {
    last = seq;
    lastAt = clock.instant();
  }
}
