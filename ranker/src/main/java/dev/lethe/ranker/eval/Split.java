package dev.lethe.ranker.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How a fifth of what each person watched is put aside, to be asked for. */
public enum Split {
  /** Any fifth: measures taste, but learns from what came later. */
  RANDOM {
    @Override
    int[] order(int[] watched, SplittableRandom random) {
      int[] shuffled = watched.clone();
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int title = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = title;
      }
      return shuffled;
    }
  },

  /** The last fifth: measures what a service can do, which does not know the future. */
  TEMPORAL {
    @Override
    int[] order(int[] watched, SplittableRandom random) {
      return watched;
    }
  };

  /** One in so many is put aside, rounded down: one who watched fewer is only learned from. */
  private static final int ASIDE = 5;

  /**
   * Puts a fifth of each person's titles aside.
   *
   * @param watched by person, in the order of time
   * @param seed equal ones give equal cuts
   */
  public Holdout of(int titles, int[][] watched, long seed) {
    var random = new SplittableRandom(seed);
    var train = new int[watched.length][];
    var test = new int[watched.length][];
    for (int person = 0; person < watched.length; person++) {
      int[] ordered = order(watched[person], random);
      int kept = ordered.length - ordered.length / ASIDE;
      test[person] = Arrays.copyOfRange(ordered, kept, ordered.length);
      train[person] = without(watched[person], test[person]);
    }
    return new Holdout(titles, train, test);
  }

  abstract int[] order(int[] watched, SplittableRandom random);

  private static int[] without(int[] watched, int[] aside) {
    int[] sorted = aside.clone();
    Arrays.sort(sorted);
    return Arrays.stream(watched).filter(title -> Arrays.binarySearch(sorted, title) < 0).toArray();
  }
}
