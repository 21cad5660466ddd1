package dev.lethe.ranker.train;

import java.time.Duration;

/**
 * How it is learned from those who agreed to training.
 *
 * @param titles how many it is learned about, at most
 * @param every how long what was learned is served before it is learned anew
 * @param seed equal ones, with equal people, give equal models
 */
public record TrainingRule(Trainer trainer, int titles, Duration every, long seed) {
  private static final Duration SOON = Duration.ofHours(1);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 6;

  public TrainingRule {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("no time between trainings: " + every);
    }
  }

  /** The same while too few agreed for anything to be served. */
  Duration everyUntilServed() {
    return every.compareTo(SOON) < 0 ? every : SOON;
  }

  /**
   * How long to wait after a failure.
   *
   * @param before how many failures came just before it
   */
  Duration afterFailure(int before) {
    var wait = FIRST_WAIT.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return wait.compareTo(every) < 0 ? wait : every;
  }
}
