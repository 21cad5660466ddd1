package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;

/**
 * How far in time titles are from each other: the decades between both times what the liked one
 * says, below 0. A title without a year counts as one of the catalogue's median year, and says
 * nothing itself; nor do titles that were turned down.
 */
final class Era implements Kinship {
  private static final double DECADE = 10;

  private final WatchedTitles watched;
  private final Catalog catalog;
  private final double strength;

  /** By year, from the first of the catalogue on. */
  private final double[] byYear;

  Era(WatchedTitles watched, Catalog catalog, double strength) {
    this.watched = watched;
    this.catalog = catalog;
    this.strength = strength;
    byYear = new double[catalog.lastYear() - catalog.firstYear() + 1];
    sum();
  }

  /** From year to year, what lies behind gets farther and what lies ahead gets nearer. */
  private void sum() {
    double[] liked = new double[byYear.length];
    double ahead = 0;
    for (int place = 0; place < watched.count(); place++) {
      int year = catalog.year(watched.title(place));
      if (year != Catalog.NO_YEAR && watched.weight(place) > 0) {
        liked[year - catalog.firstYear()] += watched.weight(place);
        ahead += watched.weight(place);
        byYear[0] -= strength * watched.weight(place) * (year - catalog.firstYear()) / DECADE;
      }
    }
    double behind = 0;
    for (int i = 1; i < byYear.length; i++) {
      behind += liked[i - 1];
      ahead -= liked[i - 1];
      byYear[i] = byYear[i - 1] - strength * (behind - ahead) / DECADE;
    }
  }

  @Override
  public double score(int title) {
    return byYear[year(title) - catalog.firstYear()];
  }

  @Override
  public void addScores(double[] sums) {
    for (int title = 0; title < sums.length; title++) {
      sums[title] += score(title);
    }
  }

  @Override
  public void addAmounts(int title, double[] amounts, int from) {
    int year = year(title);
    for (int place = 0; place < watched.count(); place++) {
      int other = catalog.year(watched.title(place));
      if (other != Catalog.NO_YEAR && watched.weight(place) > 0) {
        amounts[from + place] -= strength * watched.weight(place) * Math.abs(year - other) / DECADE;
      }
    }
  }

  private int year(int title) {
    int year = catalog.year(title);
    return year == Catalog.NO_YEAR ? catalog.medianYear() : year;
  }
}
