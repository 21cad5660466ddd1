package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.List;
import java.util.function.Consumer;

/** All that is said by what somebody watched; a term for each of those titles. */
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
  public void explain(int title, Consumer<Term> terms) {
    for (int place = 0; place < watched.count(); place++) {
      double amount = 0;
      for (var kinship : kinships) {
        amount += kinship.amount(title, place);
      }
      var that = catalog.title(watched.title(place));
      terms.accept(Term.ofWatched(that.id(), that.title(), amount));
    }
  }
}
