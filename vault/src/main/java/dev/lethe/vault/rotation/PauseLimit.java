package dev.lethe.vault.rotation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a rotation may be paused: promises to the erased come first. */
final class PauseLimit {
  /** What resealing, verifying and settling are given before a promised date. */
  private static final Duration TO_FINISH = Duration.ofMinutes(30);

  private PauseLimit() {}

  /**
   * When a pause that begins now ends at the latest.
   *
   * @param every how long an epoch may live: a pause without promises ends then
   * @param promise the earliest date by which somebody's erasure is to be unrecoverable
   */
  static Instant of(Instant now, Duration every, Optional<Instant> promise) {
    var latest = now.plus(every);
    var protecting = promise.map(by -> by.minus(TO_FINISH)).orElse(latest);
    var end = protecting.isBefore(latest) ? protecting : latest;
    return end.isBefore(now) ? now : end;
  }

  /** Whether nothing may be put off any more for the sake of a promised date. */
  static boolean isDue(Instant now, Optional<Instant> promise) {
    return promise.filter(by -> !now.isBefore(by.minus(TO_FINISH))).isPresent();
  }
}
