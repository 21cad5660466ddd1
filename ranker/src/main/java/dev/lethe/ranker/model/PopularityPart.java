package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.stream.IntStream;

/**
 * The same for everybody: a title's popularity as the catalogue gives it, and its appeal as it was
 * learned. Alone it gives the non-personal order.
 */
final class PopularityPart implements Part {
  private final double[] scores;

  PopularityPart(Catalog catalog, LearnedTitles learned, Blend blend) {
    scores =
        IntStream.range(0, catalog.size())
            .mapToDouble(
                title ->
                    blend.popularity() * catalog.popularity(title)
                        + blend.appeal() * learned.appeal(title))
            .toArray();
  }

  @Override
  public double score(int title) {
    return scores[title];
  }

  @Override
  public void addScores(double[] sums) {
    for (int title = 0; title < sums.length; title++) {
      sums[title] += scores[title];
    }
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
