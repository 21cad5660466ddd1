package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Profile;
import java.util.Arrays;
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
   * A blend in which what somebody says themselves counts at least as in {@link Blend#STANDARD}, by
   * how far the other sources spread titles here and there, so that who steers sees it; and no more
   * where few have said anything.
   *
   * @param lists that it was learned from: of each, what the sources say by title
   * @param enough in so many lists a source has to say something, for its count to be learned
   */
  public static Blend heeding(Blend blend, List<double[][]> lists, int enough) {
    var standard = Blend.STANDARD;
    double learned = spread(blend, lists);
    double unlearned = spread(standard, lists);
    double least = learned > 0 && unlearned > 0 ? learned / unlearned : Math.max(1, learned);
    return new Blend(
        blend.popularity(),
        blend.appeal(),
        blend.likeness(),
        blend.era(),
        blend.together(),
        heeding(blend.searches(), least * standard.searches(), speaking(lists, SEARCHES) >= enough),
        heeding(
            blend.preferences(),
            least * standard.preferences(),
            speaking(lists, PREFERENCES) >= enough));
  }

  private static double heeding(double learned, double least, boolean isLearned) {
    return isLearned ? Math.max(learned, least) : least;
  }

  /** The standard deviation within lists of what is scored by all that nobody says themselves. */
  private static double spread(Blend blend, List<double[][]> lists) {
    double squares = 0;
    long titles = 0;
    for (double[][] list : lists) {
      double[] scores = Arrays.stream(list).mapToDouble(said -> unsaid(blend, said)).toArray();
      double mean = Arrays.stream(scores).average().orElse(0);
      squares += Arrays.stream(scores).map(score -> (score - mean) * (score - mean)).sum();
      titles += scores.length;
    }
    return titles == 0 ? 0 : Math.sqrt(squares / titles);
  }

  private static double unsaid(Blend blend, double[] said) {
    return blend.popularity() * said[0]
        + blend.appeal() * said[1]
        + blend.likeness() * said[2]
        + blend.era() * said[3]
        + blend.together() * said[4];
  }

  private static long speaking(List<double[][]> lists, int source) {
    return lists.stream()
        .filter(list -> Arrays.stream(list).anyMatch(said -> said[source] != 0))
        .count();
  }
}
