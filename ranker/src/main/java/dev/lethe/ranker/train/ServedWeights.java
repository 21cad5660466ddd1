package dev.lethe.ranker.train;

import dev.lethe.ranker.model.TitleWeights;
import java.util.Arrays;

/** From what was learned to what may be served of it. */
public final class ServedWeights {
  private ServedWeights() {}

  /**
   * Takes what may be served from what was learned.
   *
   * @param gram that it was learned from
   * @param minPeople of how many a pair needs to be shared; 0 takes all
   * @param strongest at most so many weights from a title: those farthest from 0
   */
  public static TitleWeights of(Ease ease, Gram gram, int minPeople, int strongest) {
    int titles = ease.titles();
    int[] starts = new int[titles + 1];
    var rows = new int[titles][];
    for (int from = 0; from < titles; from++) {
      rows[from] = row(ease, gram, from, minPeople, strongest);
      starts[from + 1] = Math.addExact(starts[from], rows[from].length);
    }
    int[] targets = new int[starts[titles]];
    float[] weights = new float[starts[titles]];
    for (int from = 0; from < titles; from++) {
      System.arraycopy(rows[from], 0, targets, starts[from], rows[from].length);
      for (int i = starts[from]; i < starts[from + 1]; i++) {
        weights[i] = (float) ease.weight(from, targets[i]);
      }
    }
    return new TitleWeights(starts, targets, weights);
  }

  /** The titles that there is a weight to, ascending. */
  private static int[] row(Ease ease, Gram gram, int from, int minPeople, int strongest) {
    int[] row = new int[ease.titles()];
    int length = 0;
    for (int to = 0; to < row.length; to++) {
      if (to != from && gram.shared(from, to) >= minPeople) {
        row[length++] = to;
      }
    }
    row = Arrays.copyOf(row, length);
    if (row.length <= strongest) {
      return row;
    }
    double[] sizes = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      sizes[i] = Math.abs(ease.weight(from, row[i]));
    }
    double least = largest(sizes.clone(), strongest);
    int[] kept = new int[strongest];
    int count = 0;
    int ties = strongest - (int) Arrays.stream(sizes).filter(size -> size > least).count();
    for (int i = 0; i < row.length; i++) {
      if (sizes[i] > least || (sizes[i] == least && ties-- > 0)) {
        kept[count++] = row[i];
      }
    }
    return kept;
  }

  /** The nth largest of some numbers, which it moves about (C. Hoare, Algorithm 65: Find, 1961). */
  private static double largest(double[] numbers, int nth) {
    int wanted = nth - 1;
    int low = 0;
    int high = numbers.length - 1;
    while (low < high) {
      double pivot = numbers[wanted];
      int i = low;
      int j = high;
      while (i <= j) {
        while (numbers[i] > pivot) {
          i++;
        }
        while (numbers[j] < pivot) {
          j--;
        }
        if (i <= j) {
          double moved = numbers[i];
          numbers[i++] = numbers[j];
          numbers[j--] = moved;
        }
      }
      if (j < wanted) {
        low = i;
      }
      if (wanted < i) {
        high = j;
      }
    }
    return numbers[wanted];
  }
}
