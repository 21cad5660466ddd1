package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Profile;
import java.util.List;

/** What each source of a {@link Blend} says by itself, for learning how much each counts. */
public final class BlendSources {
  private static final Blend EACH = new Blend(1, 1, 1, 1, 1, 1, 1);
  private static final int SEARCHES = 5;
  private static final int PREFERENCES = 6;

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
    return of(Hints.of(profile, catalog, titles));
  }

  /** The same of the titles that hints are about. */
  public double[][] of(Hints hints) {
    var likeness = new Likeness(hints.watched(), catalog, EACH.likeness());
    var era = new Era(hints.watched(), catalog, EACH.era());
    var together = new Together(hints.watched(), learned, EACH.together());
    double[][] said = new double[hints.titles().length][];
    for (int i = 0; i < said.length; i++) {
      int title = hints.titles()[i];
      said[i] =
          new double[] {
            catalog.popularity(title),
            learned.appeal(title),
            likeness.score(title),
            era.score(title),
            together.score(title),
            hints.searches()[i],
            hints.preferences()[i]
          };
    }
    return said;
  }

  /**
   * The blend in which the sources count so much, to scale. Likeness counts in it as much as in
   * {@link Blend#STANDARD}, unless it says nothing: demographics, which are not learned, keep their
   * measure by it.
   */
  public static Blend blend(double[] counts) {
    var blend =
        new Blend(
            counts[0],
            counts[1],
            counts[2],
            counts[3],
            counts[4],
            counts[SEARCHES],
            counts[PREFERENCES]);
    return blend.likeness() > 0 ? blend.times(Blend.STANDARD.likeness() / blend.likeness()) : blend;
  }

  /**
   * A blend in which what somebody says themselves counts at least as in {@link Blend#STANDARD}, as
   * popularity and likeness do here and there, so that who steers sees it; and no more where few
   * have said anything.
   *
   * @param lists that it was learned from: of each, what the sources say by title
   * @param few so many lists of which a source says something are too few to learn from
   */
  public static Blend heeding(Blend blend, List<double[][]> lists, int few) {
    var standard = Blend.STANDARD;
    double scale =
        Math.max(
            blend.popularity() / standard.popularity(), blend.likeness() / standard.likeness());
    return new Blend(
        blend.popularity(),
        blend.appeal(),
        blend.likeness(),
        blend.era(),
        blend.together(),
        heeding(blend.searches(), scale * standard.searches(), speaking(lists, SEARCHES) < few),
        heeding(
            blend.preferences(),
            scale * standard.preferences(),
            speaking(lists, PREFERENCES) < few));
  }

  private static double heeding(double learned, double least, boolean few) {
    return few ? least : Math.max(learned, least);
  }

  private static long speaking(List<double[][]> lists, int source) {
    return lists.stream()
        .filter(
            list -> {
              for (double[] title : list) {
                if (title[source] != 0) {
                  return true;
                }
              }
              return false;
            })
        .count();
  }
}
