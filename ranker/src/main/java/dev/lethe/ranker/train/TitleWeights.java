package dev.lethe.ranker.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What having watched a title says about others, as it is served: only for pairs that enough people
 * share, so that no weight names a person; immutable.
 *
 * <p>Rows of targets and weights, one for each title that was watched.
 */
public final class TitleWeights {
  /** About no titles. */
  public static final TitleWeights NONE = new TitleWeights(new int[1], new int[0], new float[0]);

  private final int[] starts;
  private final int[] targets;
  private final float[] weights;

  private TitleWeights(int[] starts, int[] targets, float[] weights) {
    this.starts = starts;
    this.targets = targets;
    this.weights = weights;
  }

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
    var shared =
        IntStream.range(0, ease.titles())
            .filter(to -> to != from && gram.shared(from, to) >= minPeople);
    int[] row = shared.toArray();
    if (row.length <= strongest) {
      return row;
    }
    return Arrays.stream(row)
        .boxed()
        .sorted(
            (one, other) ->
                Double.compare(
                    Math.abs(ease.weight(from, other)), Math.abs(ease.weight(from, one))))
        .limit(strongest)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  public int titles() {
    return starts.length - 1;
  }

  /** How many weights there are. */
  public int count() {
    return weights.length;
  }

  /** Adds a multiple of the weights from a title to a vector of {@link #titles()} numbers. */
  public void add(int from, double factor, double[] scores) {
    for (int i = starts[from]; i < starts[from + 1]; i++) {
      scores[targets[i]] += factor * weights[i];
    }
  }

  /** The weight from one title to another, 0 when none is served. */
  public double weight(int from, int to) {
    int place = Arrays.binarySearch(targets, starts[from], starts[from + 1], to);
    return place < 0 ? 0 : weights[place];
  }
}
