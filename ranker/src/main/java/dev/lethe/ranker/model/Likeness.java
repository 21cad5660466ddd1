package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;

/**
 * What titles have in common: the cosine of both times what the watched one says. A score takes one
 * product with the sum of all weighted vectors.
 */
final class Likeness implements Kinship {
  private final WatchedTitles watched;
  private final Catalog catalog;
  private final double strength;
  private final double[] taste;

  Likeness(WatchedTitles watched, Catalog catalog, double strength) {
    this.watched = watched;
    this.catalog = catalog;
    this.strength = strength;
    taste = new double[catalog.features().count()];
    for (int place = 0; place < watched.count(); place++) {
      catalog.features().add(watched.title(place), strength * watched.weight(place), taste);
    }
  }

  @Override
  public double score(int title) {
    return catalog.features().dot(title, taste);
  }

  /** One vector laid out at full length takes a product each, where two short ones take a merge. */
  @Override
  public void addAmounts(int title, double[] amounts, int from) {
    double[] vector = new double[catalog.features().count()];
    catalog.features().add(title, strength, vector);
    for (int place = 0; place < watched.count(); place++) {
      amounts[from + place] +=
          watched.weight(place) * catalog.features().dot(watched.title(place), vector);
    }
  }
}
