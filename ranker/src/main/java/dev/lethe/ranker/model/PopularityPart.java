package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.function.Consumer;

/**
 * The same for everybody: a title's popularity as the catalogue gives it, and its appeal as it was
 * learned. Alone it gives the non-personal order.
 */
record PopularityPart(Catalog catalog, LearnedTitles learned, Blend blend) implements Part {
  @Override
  public double score(int title) {
    return blend.popularity() * catalog.popularity(title) + blend.appeal() * learned.appeal(title);
  }

  @Override
  public void explain(int title, Consumer<Term> terms) {
    terms.accept(Term.ofEverybody("popularity", score(title)));
  }
}
