package dev.lethe.ranker.eval;

import java.util.Arrays;
import java.util.BitSet;

/** The titles with the highest scores, best first, ties by number; some left out. */
final class BestTitles {
  private BestTitles() {}

  static int[] of(double[] scores, BitSet leftOut, int limit) {
    int[] best = new int[Math.min(limit, scores.length)];
    int count = 0;
    for (int title = leftOut.nextClearBit(0);
        title < scores.length;
        title = leftOut.nextClearBit(title + 1)) {
      if (count < best.length || scores[title] > scores[best[count - 1]]) {
        int place = count < best.length ? count++ : count - 1;
        while (place > 0 && scores[title] > scores[best[place - 1]]) {
          best[place] = best[place - 1];
          place--;
        }
        best[place] = title;
      }
    }
    return Arrays.copyOf(best, count);
  }
}
