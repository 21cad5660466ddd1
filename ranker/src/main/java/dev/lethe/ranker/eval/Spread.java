package dev.lethe.ranker.eval;

import java.util.Arrays;
import java.util.Collection;

/**
 * How lists spread over the catalogue.
 *
 * @param coverage the share of titles that are on any list
 * @param gini of how often each title is on a list: 0 when all are on equally many, towards 1 when
 *     few titles take all places (C. Gini 1912)
 */
public record Spread(double coverage, double gini) {
  static Spread of(int titles, Collection<int[]> lists) {
    long[] counts = new long[titles];
    for (int[] list : lists) {
      for (int title : list) {
        counts[title]++;
      }
    }
    Arrays.sort(counts);
    double weighed = 0;
    double total = 0;
    double listed = 0;
    for (int i = 0; i < titles; i++) {
      weighed += (2.0 * (i + 1) - titles - 1) * counts[i];
      total += counts[i];
      listed += counts[i] > 0 ? 1 : 0;
    }
    return new Spread(listed / titles, total == 0 ? 0 : weighed / (titles * total));
  }
}
