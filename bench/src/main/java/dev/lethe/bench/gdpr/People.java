package dev.lethe.bench.gdpr;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Draws people by chance: all alike, or by Zipf's law with the exponent 0.99 of YCSB (Cooper et
 * al., SoCC 2010), where the number of a person says nothing about how often they come.
 */
final class People {
  private static final double EXPONENT = 0.99;

  /** Coprime to any number of people that is not one of its multiples. */
  private static final long SCATTER = 2_654_435_761L;

  /** How likely the most frequent so many are, together. */
  private final double[] cumulated;

  People(int number) {
    cumulated = new double[number];
    double sum = 0;
    for (int rank = 0; rank < number; rank++) {
      sum += 1 / Math.pow(rank + 1, EXPONENT);
      cumulated[rank] = sum;
    }
  }

  int alike(RandomGenerator random) {
    return random.nextInt(cumulated.length);
  }

  int zipfian(RandomGenerator random) {
    double drawn = random.nextDouble() * cumulated[cumulated.length - 1];
    int found = Arrays.binarySearch(cumulated, drawn);
    int rank = found < 0 ? -found - 1 : found;
    return (int) (rank * SCATTER % cumulated.length);
  }
}
