package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Profile;

/** What each source of a {@link Blend} says by itself, for learning how much each counts. */
public final class BlendSources {
  private static final Blend EACH = new Blend(1, 1, 1, 1, 1, 1);

  private final Catalog catalog;
  private final LearnedTitles learned;

  public BlendSources(Catalog catalog, Learned learned) {
    this.catalog = catalog;
    this.learned = new LearnedTitles(learned, catalog);
  }

  /**
   * What the sources say of some titles, each as much as it counts in a {@link Blend} of ones.
   *
   * @param titles indices in the catalogue
   * @return by title, in the order of {@link #blend}
   */
  public double[][] of(Profile profile, int[] titles) {
    var watched = WatchedTitles.of(profile, catalog, Recency.of(profile, catalog));
    var likeness = new Likeness(watched, catalog, EACH.likeness());
    var era = new Era(watched, catalog, EACH.era());
    var together = new Together(watched, learned, EACH.together());
    var stated =
        profile
            .preferences()
            .map(preferences -> new PreferencePart(preferences, catalog, EACH.preferences()));
    double[][] said = new double[titles.length][];
    for (int i = 0; i < titles.length; i++) {
      int title = titles[i];
      said[i] =
          new double[] {
            catalog.popularity(title),
            learned.appeal(title),
            likeness.score(title),
            era.score(title),
            together.score(title),
            stated.map(part -> part.score(title)).orElse(0.0)
          };
    }
    return said;
  }

  /**
   * The blend in which the sources count so much, to scale. Likeness counts in it as much as in
   * {@link Blend#STANDARD}, unless it says nothing: searches and demographics, which are not
   * learned, keep their measure by it.
   */
  public static Blend blend(double[] counts) {
    var blend = new Blend(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    return blend.likeness() > 0 ? blend.times(Blend.STANDARD.likeness() / blend.likeness()) : blend;
  }
}
