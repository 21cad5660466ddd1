package dev.lethe.vault.notice;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave a receiver alone that failed: twice as long after each failure in a row, up to
 * a longest, and by chance half as long to half as long again, so that many do not come together.
 */
record Backoff(Limits limits, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 20;

  /**
   * Before chance.
   *
   * @param first after one failure
   */
  record Limits(Duration first, Duration longest) {}

  Duration after(int failures) {
    long doubled =
        limits
            .first()
            .multipliedBy(1L << Math.max(0, Math.min(failures - 1, MOST_DOUBLINGS)))
            .toMillis();
    long capped = Math.min(doubled, limits.longest().toMillis());
    return Duration.ofMillis(Math.max(1, Math.round(capped * random.nextDouble(0.5, 1.5))));
  }
}
