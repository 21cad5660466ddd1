package dev.lethe.ranker.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean over people, and where it would lie in 95 of 100 other crowds like this one: percentiles
 * of the means of {@value #CROWDS} crowds drawn from it with replacement (B. Efron, R. Tibshirani,
 * An Introduction to the Bootstrap, 1993, chapter 13).
 */
public record Interval(double mean, double low, double high) {
  private static final int CROWDS = 1_000;

  /**
   * @param sums by person: the sum of what was measured
   * @param counts by person: how often it was measured, at least once for somebody
   * @param seed equal ones give equal intervals
   */
  public static Interval of(double[] sums, int[] counts, long seed) {
    var random = new SplittableRandom(seed);
    double[] means = new double[CROWDS];
    for (int crowd = 0; crowd < CROWDS; crowd++) {
      double sum = 0;
      long count = 0;
      for (int i = 0; i < sums.length; i++) {
        int person = random.nextInt(sums.length);
        sum += sums[person];
        count += counts[person];
      }
      means[crowd] = count == 0 ? 0 : sum / count;
    }
    Arrays.sort(means);
    return new Interval(
        Arrays.stream(sums).sum() / Arrays.stream(counts).asLongStream().sum(),
        means[CROWDS * 25 / 1000],
        means[CROWDS * 975 / 1000 - 1]);
  }
}
