package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.Arrays;
import java.util.List;

/** All that is said by what somebody watched; a source for each of those titles. */
record HistoryPart(WatchedTitles watched, List<Kinship> kinships, Catalog catalog) implements Part {
  static HistoryPart of(
      WatchedTitles watched, Catalog catalog, LearnedTitles learned, Blend blend) {
    return new HistoryPart(
        watched,
        List.of(
            new Likeness(watched, catalog, blend.likeness()),
            new Era(watched, catalog, blend.era()),
            new Together(watched, learned, blend.together())),
        catalog);
  }

  @Override
  public double score(int title) {
    double sum = 0;
    for (var kinship : kinships) {
      sum += kinship.score(title);
    }
    return sum;
  }

  @Override
  public void addScores(double[] sums) {
    kinships.forEach(kinship -> kinship.addScores(sums));
  }

  @Override
  public int sources() {
    return watched.count();
  }

  @Override
  public void amounts(int title, double[] into, int from) {
    Arrays.fill(into, from, from + watched.count(), 0);
    for (var kinship : kinships) {
      kinship.addAmounts(title, into, from);
    }
  }

  @Override
  public Source source(int number) {
    return Source.ofWatched(catalog.title(watched.title(number)));
  }
}
