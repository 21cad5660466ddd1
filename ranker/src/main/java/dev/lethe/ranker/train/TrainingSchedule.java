package dev.lethe.ranker.train;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When the next training is due. Not safe for use by several threads. */
final class TrainingSchedule {
  /** While too few agreed for anything to be served. */
  private static final Duration UNTIL_SERVED = Duration.ofHours(1);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);

  /** Up to some ten minutes. */
  private static final int MOST_DOUBLINGS = 6;

  private final Duration every;
  private final Clock clock;
  private int failures;
  private Instant begun = Instant.EPOCH;
  private Instant due = Instant.EPOCH;

  /**
   * @param every how long what was learned is served
   */
  TrainingSchedule(Duration every, Clock clock) {
    this.every = every;
    this.clock = clock;
  }

  /**
   * Whether it is time.
   *
   * @param stale whether what is served is not what should be: then it is time at once, unless that
   *     has just failed
   */
  boolean isDue(boolean stale) {
    return !clock.instant().isBefore(due) || (stale && failures == 0);
  }

  /** A training begins. */
  void begins() {
    begun = clock.instant();
  }

  /**
   * A training is over. The next is due by when it began, since its model is served from then on.
   *
   * @param served whether anything is served of it
   */
  void succeeded(boolean served) {
    failures = 0;
    due = begun.plus(shorter(served ? every : UNTIL_SERVED));
  }

  /** A training has failed; each that does so after another is waited for longer. */
  void failed() {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures++, MOST_DOUBLINGS));
    due = clock.instant().plus(shorter(wait));
  }

  private Duration shorter(Duration wait) {
    return wait.compareTo(every) < 0 ? wait : every;
  }
}
