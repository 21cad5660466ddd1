package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;

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
  public int sources() {
    return 1;
  }

  @Override
  public void amounts(int title, double[] into, int from) {
    into[from] = score(title);
  }

  @Override
  public Source source(int number) {
    return Source.ofEverybody("popularity");
  }
}
