package dev.lethe.ranker.eval;

import dev.lethe.ranker.train.UnreadableDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The lists of ten for everybody of whom something was put aside; what they are known to have
 * watched is not listed again.
 */
final class TopTen {
  /** Somebody's list, and how good it is. */
  record Listed(int[] watched, int[] list, ListQuality quality) {}

  private final Holdout holdout;
  private final List<Listed> lists = new ArrayList<>();

  TopTen(Holdout holdout, Scorer scorer) {
    this.holdout = holdout;
    double[] scores = new double[holdout.titles()];
    for (int person = 0; person < holdout.test().length; person++) {
      int[] wanted = holdout.test()[person];
      if (wanted.length > 0) {
        int[] watched = holdout.train()[person];
        Arrays.fill(scores, 0);
        scorer.score(watched, scores);
        var leftOut = new BitSet(scores.length);
        Arrays.stream(watched).forEach(leftOut::set);
        IntStream.range(0, scores.length)
            .filter(title -> scores[title] == Double.NEGATIVE_INFINITY)
            .forEach(leftOut::set);
        int[] list = BestTitles.of(scores, leftOut, ListQuality.CUT);
        lists.add(new Listed(watched, list, ListQuality.of(list, wanted)));
      }
    }
    if (lists.isEmpty()) {
      throw new UnreadableDataException("nobody has anything to be asked for");
    }
  }

  /** The mean over people. */
  double mean(ToDoubleFunction<ListQuality> figure) {
    return lists.stream().map(Listed::quality).mapToDouble(figure).average().orElseThrow();
  }

  /** All figures. */
  void report(Optional<int[][]> genres, long seed, Figures figures) {
    double[] gains = lists.stream().mapToDouble(one -> one.quality().ndcg()).toArray();
    int[] once = new int[gains.length];
    Arrays.fill(once, 1);
    figures.add("ndcg@10", Interval.of(gains, once, seed));
    figures.add("recall@10", mean(ListQuality::recall));
    figures.add("map@10", mean(ListQuality::averagePrecision));
    var spread = Spread.of(holdout.titles(), lists.stream().map(Listed::list).toList());
    figures.add("coverage@10", spread.coverage());
    figures.add("gini@10", spread.gini());
    genres.ifPresent(byTitle -> report(new GenreMix(byTitle), figures));
    figures.add("users", lists.size());
  }

  private void report(GenreMix mix, Figures figures) {
    figures.add(
        "miscalibration@10",
        lists.stream()
            .mapToDouble(one -> mix.miscalibration(one.watched(), one.list()))
            .average()
            .orElseThrow());
    figures.add(
        "diversity@10",
        lists.stream().mapToDouble(one -> mix.diversity(one.list())).average().orElseThrow());
  }
}
