package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * What somebody watched, each title once, by its newest event, and what that says of their taste:
 * liked titles weigh above 0, those turned down below.
 *
 * <p>An event counts by recency × progress × rating; a rating under 2.5 turns a title down, and so
 * does leaving it in its first twentieth without rating it, unless another event says more. All
 * weights are divided by the root of the sum of those that are liked (when above 1), so that a long
 * history outweighs the other sources, but not by its mere length; what is turned down weighs no
 * more together than what is liked.
 */
public final class WatchedTitles {
  /** Who leaves a title before has not watched it. */
  private static final double BEGUN = 0.05;

  private final int[] titles;
  private final double[] weights;

  private int count;

  private WatchedTitles(int most) {
    titles = new int[most];
    weights = new double[most];
  }

  /** What somebody watched of the titles of a catalogue. */
  public static WatchedTitles of(Profile profile, Catalog catalog) {
    return of(profile, catalog, Recency.of(profile, catalog));
  }

  static WatchedTitles of(Profile profile, Catalog catalog, Recency recency) {
    var gathered = new WatchedTitles(profile.history().size());
    var seen = new BitSet(catalog.size());
    gathered.gather(profile, catalog, recency, seen, event -> !leftAtOnce(event));
    gathered.gather(profile, catalog, recency, seen, WatchedTitles::leftAtOnce);
    gathered.balance();
    return gathered;
  }

  /** Takes each title that is not seen yet by the newest of some events. */
  private void gather(
      Profile profile,
      Catalog catalog,
      Recency recency,
      BitSet seen,
      Predicate<Event.Watched> some) {
    for (var event : profile.history()) {
      var title = catalog.indexOf(event.item());
      if (some.test(event) && title.isPresent() && !seen.get(title.getAsInt())) {
        seen.set(title.getAsInt());
        titles[count] = title.getAsInt();
        weights[count++] = recency.of(event.at()) * verdict(event);
      }
    }
  }

  private void balance() {
    double liked = 0;
    double turnedDown = 0;
    for (int i = 0; i < count; i++) {
      liked += Math.max(0, weights[i]);
      turnedDown += Math.max(0, -weights[i]);
    }
    double root = Math.sqrt(Math.max(1, liked));
    double most = root / Math.max(1, turnedDown);
    for (int i = 0; i < count; i++) {
      weights[i] *= weights[i] > 0 ? 1 / root : Math.min(1 / root, most);
    }
  }

  /** Whether an event says no more than that a title was not for this person, or not then. */
  public static boolean leftAtOnce(Event.Watched event) {
    return event.rating().isEmpty()
        && event.progress().isPresent()
        && event.progress().getAsDouble() < BEGUN;
  }

  /** How many titles. */
  public int count() {
    return count;
  }

  /** The index of a title in the catalogue, newest first, those that were left at once last. */
  public int title(int place) {
    return titles[place];
  }

  /** What the title at a place says: above 0 when it is liked. */
  public double weight(int place) {
    return weights[place];
  }

  private static double verdict(Event.Watched event) {
    double progress = event.progress().orElse(1);
    if (event.rating().isEmpty()) {
      return leftAtOnce(event) ? -0.5 : 0.6 * engagement(progress);
    }
    return liking(event.rating().getAsDouble()) * engagement(progress);
  }

  /** 0.25 for a title hardly begun, 1 for one seen to the end, or when nothing is known. */
  private static double engagement(double progress) {
    return 0.25 + 0.75 * progress;
  }

  /** -1 for half a star up to (not including) 0 for 2.5, 0.2 for 2.5 up to 1. */
  private static double liking(double rating) {
    return rating < 2.5 ? (rating - 2.5) / 2 : 0.2 + 0.8 * (rating - 2.5) / 2.5;
  }
}
