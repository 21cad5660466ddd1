package dev.lethe.ranker.eval;

import dev.lethe.ranker.privacy.PrivacyBudget;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What privacy costs: how good lists of ten are (NDCG) by ε.
 *
 * @param plain learned without privacy
 * @param popularity the most popular titles for everybody; not private either
 * @param points by ascending ε
 */
record Frontier(
    double delta, int people, int titles, double plain, double popularity, List<Point> points) {
  /** How often noise is drawn for each ε. */
  static final int DRAWS = 5;

  private static final double[] EPSILONS = {0.5, 1, 2, 4, 8};

  /**
   * One ε.
   *
   * @param titles how many are learned about
   * @param mean of all draws of noise, between the least and the most
   */
  record Point(double epsilon, int titles, double mean, double low, double high) {}

  /** Measures all points; each goes to the figures as soon as it is known. */
  static Frontier of(
      Holdout holdout, double delta, double plain, double popularity, long seed, Figures figures) {
    figures.add("frontier.plain.ndcg@10", plain);
    figures.add("frontier.popularity.ndcg@10", popularity);
    var points = new ArrayList<Point>();
    for (double epsilon : EPSILONS) {
      var point = point(holdout, new PrivacyBudget(epsilon, delta), seed);
      String name = "frontier.epsilon-" + Figures.digits(epsilon);
      figures.add(name + ".titles", point.titles());
      figures.add(name + ".ndcg@10", point.mean());
      figures.add(name + ".ndcg@10.low", point.low());
      figures.add(name + ".ndcg@10.high", point.high());
      points.add(point);
    }
    return new Frontier(
        delta, holdout.train().length, holdout.titles(), plain, popularity, List.copyOf(points));
  }

  private static Point point(Holdout holdout, PrivacyBudget budget, long seed) {
    var gains = new DoubleSummaryStatistics();
    int titles = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      var model = Evaluation.learned(holdout, budget, OptionalDouble.empty(), seed + draw);
      gains.accept(new TopTen(holdout, model::score).mean(ListQuality::ndcg));
      titles = model.titles();
    }
    return new Point(budget.epsilon(), titles, gains.getAverage(), gains.getMin(), gains.getMax());
  }
}
