package dev.lethe.ranker.eval;

import dev.lethe.ranker.privacy.PrivacyBudget;
import dev.lethe.ranker.privacy.PrivateEase;
import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.Gram;
import dev.lethe.ranker.train.ServedWeights;
import dev.lethe.ranker.train.UnreadableDataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Measures how good rankings are.
 *
 * @param split how ratings are cut; and the part of what is learned from that settings are chosen
 *     on
 * @param l2 penalty of the model; when absent it is chosen, never on what is asked for, or follows
 *     from the noise where one is learned with privacy
 * @param privacy what is measured of that; of lists that people were shown nothing is
 * @param seed of everything that is random; equal ones give equal figures
 * @param figures where results go, line by line
 */
public record Evaluation(
    Split split, OptionalDouble l2, PrivacyQuestion privacy, long seed, Figures figures) {
  /** What is tried when no penalty is given, in ascending order. */
  private static final double[] PENALTIES = {100, 200, 400, 800, 1600};

  /**
   * Of what people rated.
   *
   * @param minRating what is rated lower does not count as watched
   * @param minPeople titles that fewer people rated so high are left out
   * @throws UnreadableDataException when the folder cannot be read
   */
  public void movieLens(Path folder, double minRating, int minPeople) {
    var watched = MovieLens.read(folder, minRating, minPeople);
    topTen(split.of(watched.titles(), watched.byPerson(), seed), watched.genres());
  }

  /**
   * Of a cut that others made.
   *
   * @throws UnreadableDataException when a file cannot be read
   */
  public void pairs(Path train, Path test) {
    topTen(PairFiles.read(train, test), Optional.empty());
  }

  /**
   * Of lists that people were shown.
   *
   * @throws UnreadableDataException when the file cannot be read
   */
  public void rankLens(Path file) {
    new ShownLists(RankLens.read(file), l2, seed).report(figures);
  }

  private void topTen(Holdout holdout, Optional<int[][]> genres) {
    var budget = privacy.budget();
    var lists = budget.isPresent() ? privately(holdout, budget.get()) : plainly(holdout, l2, "l2");
    lists.report(genres, seed, figures);
    figures.add("titles", holdout.titles());
    double popular = new TopTen(holdout, popularity(holdout)).mean(ListQuality::ndcg);
    figures.add("ndcg@10.popularity", popular);
    if (privacy.page().isPresent()) {
      var plain =
          budget.isPresent()
              ? plainly(holdout, OptionalDouble.empty(), "frontier.plain.l2")
              : lists;
      var frontier =
          Frontier.of(
              holdout, privacy.delta(), plain.mean(ListQuality::ndcg), popular, seed, figures);
      privacy.page().get().accept(FrontierPage.of(frontier));
    }
  }

  private TopTen plainly(Holdout holdout, OptionalDouble given, String name) {
    double penalty = given.isPresent() ? given.getAsDouble() : chosen(holdout);
    figures.add(name, penalty);
    return new TopTen(holdout, learned(holdout, penalty));
  }

  private TopTen privately(Holdout holdout, PrivacyBudget budget) {
    var model = learned(holdout, budget, l2, seed);
    figures.exact("epsilon", budget.epsilon());
    figures.exact("delta", budget.delta());
    figures.add("titles.listed", model.titles());
    figures.add("l2", model.l2());
    return new TopTen(holdout, model::score);
  }

  /** Learns with noise that is another for each seed, and not what the cut was drawn by. */
  static PrivateEase learned(Holdout holdout, PrivacyBudget budget, OptionalDouble l2, long seed) {
    return PrivateEase.learn(
        holdout.titles(), holdout.train(), budget, l2, new SplittableRandom(seed).split());
  }

  /** The penalty that is best on a part of what is learned from; tried until it gets worse. */
  private double chosen(Holdout holdout) {
    var validation = split.of(holdout.titles(), holdout.train(), seed);
    double best = 0;
    double quality = -1;
    for (double penalty : PENALTIES) {
      double reached = new TopTen(validation, learned(validation, penalty)).mean(ListQuality::ndcg);
      if (reached <= quality) {
        return best;
      }
      best = penalty;
      quality = reached;
    }
    return best;
  }

  private static Scorer learned(Holdout holdout, double penalty) {
    var gram = gram(holdout);
    var weights = ServedWeights.of(Ease.learn(gram, penalty), gram, 0, holdout.titles());
    return (watched, scores) -> {
      for (int title : watched) {
        weights.add(title, 1, scores);
      }
    };
  }

  private static Scorer popularity(Holdout holdout) {
    var gram = gram(holdout);
    return (watched, scores) -> Arrays.setAll(scores, gram::people);
  }

  private static Gram gram(Holdout holdout) {
    var gram = new Gram(holdout.titles());
    Stream.of(holdout.train())
        .map(watched -> Arrays.stream(watched).sorted().toArray())
        .forEach(gram::add);
    return gram;
  }
}
