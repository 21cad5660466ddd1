package dev.lethe.ranker.train;

import dev.lethe.ranker.model.TitleWeights;
import java.util.Arrays;
import java.util.stream.IntStream;

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
}
