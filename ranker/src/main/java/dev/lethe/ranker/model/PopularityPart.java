package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.function.Consumer;

/**
 * The same for everybody: a title's popularity, as it is. Alone it gives the non-personal order.
 */
record PopularityPart(Catalog catalog) implements Part {
  @Override
  public double score(int title) {
    return catalog.popularity(title);
  }

  @Override
  public void explain(int title, Consumer<Term> terms) {
    terms.accept(Term.ofEverybody("popularity", score(title)));
  }
}
