package dev.lethe.ranker.model;

import java.util.stream.DoubleStream;

/**
 * How much each source counts in a score; none below 0.
 *
 * @param popularity of a title's popularity as the catalogue gives it
 * @param appeal of how often who came across a title liked it, learned from everybody
 * @param likeness of what a title has in common with what was watched
 * @param era of how near in time a title is to what was watched
 * @param together of what people watched who watched the same, learned from everybody
 * @param searches of the words that somebody searched for
 * @param preferences of the genres that somebody says to like
 */
public record Blend(
    double popularity,
    double appeal,
    double likeness,
    double era,
    double together,
    double searches,
    double preferences) {
  /**
   * What holds where nothing has been learned. Popularity counts once, so that it alone is the
   * score of a stranger; likeness and era stand to it as on RankLens, when nothing but the
   * catalogue is known (docs/ranking.md).
   */
  public static final Blend STANDARD = new Blend(1, 0, 1, 0.02, 0, 1, 0.8);

  public Blend {
    if (!(popularity >= 0
        && appeal >= 0
        && likeness >= 0
        && era >= 0
        && together >= 0
        && searches >= 0
        && preferences >= 0)) {
      throw new IllegalArgumentException("no source counts less than nothing");
    }
  }

  /** Whether any source counts, so that there is an order at all. */
  public boolean orders() {
    return popularity + appeal + likeness + era + together + searches + preferences > 0;
  }

  /** How much the source that counts most does. */
  double most() {
    return DoubleStream.of(popularity, appeal, likeness, era, together, searches, preferences)
        .max()
        .orElseThrow();
  }

  /** The same order of titles, at another scale of scores. */
  Blend times(double factor) {
    return new Blend(
        factor * popularity,
        factor * appeal,
        factor * likeness,
        factor * era,
        factor * together,
        factor * searches,
        factor * preferences);
  }
}
