package dev.lethe.ranker.privacy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The titles that are learned about, each with a place from 0, the most popular first, and a
 * weight: popular ones weigh less, or else nothing would be seen of the others. Says nothing of
 * anybody that noisy counts do not say.
 */
final class KeptTitles {
  private final int[] titles;
  private final int[] places;
  private final double[] weights;

  private KeptTitles(int[] titles, int[] places, double[] weights) {
    this.titles = titles;
    this.places = places;
    this.weights = weights;
  }

  /**
   * @param counts by title, with noise
   * @param most how many are kept
   * @param noise standard deviation: a count below it is taken for it
   */
  static KeptTitles of(double[] counts, int most, double noise) {
    int[] titles =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingDouble(title -> -counts[title]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] places = new int[counts.length];
    Arrays.fill(places, -1);
    double[] weights = new double[titles.length];
    for (int place = 0; place < titles.length; place++) {
      places[titles[place]] = place;
      double share = Math.max(counts[titles[place]], noise) / Math.max(counts[titles[0]], noise);
      weights[place] = Math.pow(share, -0.25);
    }
    return new KeptTitles(titles, places, weights);
  }

  int size() {
    return titles.length;
  }

  int title(int place) {
    return titles[place];
  }

  double weight(int place) {
    return weights[place];
  }

  /** Where those titles stand that are kept, ascending, each once. */
  int[] places(int[] watched) {
    return IntStream.of(watched)
        .map(title -> places[title])
        .filter(place -> place >= 0)
        .sorted()
        .distinct()
        .toArray();
  }
}
