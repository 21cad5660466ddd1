package dev.lethe.ranker.privacy;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Sums over people, and the same with noise. Whoever is added to a sum, or taken out of it, moves
 * it by 1 at most (L2, each entry of what is released counted once), whatever they watched.
 */
final class Releases {
  private Releases() {}

  /** By title: of everybody who watched n titles, 1/√n for each of them. */
  static double[] counts(int titles, int[][] people) {
    double[] counts = new double[titles];
    for (int[] watched : people) {
      int[] own = IntStream.of(watched).distinct().toArray();
      for (int title : own) {
        counts[title] += 1 / Math.sqrt(own.length);
      }
    }
    return counts;
  }

  /** The same, μ-private. */
  static double[] counts(int titles, int[][] people, double mu, RandomGenerator random) {
    double[] counts = counts(titles, people);
    for (int title = 0; title < titles; title++) {
      counts[title] += random.nextGaussian() / mu;
    }
    return counts;
  }

  /**
   * By two titles, the diagonal included: of everybody whose kept titles weigh y, a share of yyᵀ.
   * The upper triangle of yyᵀ has norm √((‖y‖⁴ + Σyᵢ⁴)/2), by which it is divided.
   *
   * @return the upper triangle; 0 below
   */
  static DMatrixRMaj pairs(KeptTitles kept, int[][] people) {
    var pairs = new DMatrixRMaj(kept.size(), kept.size());
    for (int[] watched : people) {
      int[] own = kept.places(watched);
      double squares = 0;
      double fourths = 0;
      for (int place : own) {
        double square = kept.weight(place) * kept.weight(place);
        squares += square;
        fourths += square * square;
      }
      double norm = Math.sqrt((squares * squares + fourths) / 2);
      for (int i = 0; i < own.length; i++) {
        double share = kept.weight(own[i]) / norm;
        for (int j = i; j < own.length; j++) {
          pairs.data[own[i] * kept.size() + own[j]] += share * kept.weight(own[j]);
        }
      }
    }
    return pairs;
  }

  /** The same, μ-private and symmetric: what is below the diagonal is what is above it. */
  static DMatrixRMaj pairs(KeptTitles kept, int[][] people, double mu, RandomGenerator random) {
    var pairs = pairs(kept, people);
    int size = kept.size();
    for (int i = 0; i < size; i++) {
      for (int j = i; j < size; j++) {
        pairs.data[i * size + j] += random.nextGaussian() / mu;
        pairs.data[j * size + i] = pairs.data[i * size + j];
      }
    }
    return pairs;
  }
}
