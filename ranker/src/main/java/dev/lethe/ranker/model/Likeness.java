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
  private double[] laidOut = new double[0];

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

  @Override
  public void addScores(double[] sums) {
    catalog.features().addDots(taste, sums);
  }

  /** One vector laid out at full length takes a product each, where two short ones take a merge. */
  @Override
  public void addAmounts(int title, double[] amounts, int from) {
    if (laidOut.length == 0) {
      laidOut = new double[taste.length];
    }
    catalog.features().add(title, strength, laidOut);
    for (int place = 0; place < watched.count(); place++) {
      amounts[from + place] +=
          watched.weight(place) * catalog.features().dot(watched.title(place), laidOut);
    }
    catalog.features().add(title, -strength, laidOut); // which leaves exactly 0 everywhere
  }
}
