package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What somebody watched, each title once, by its newest event, and what that says of their taste:
 * liked titles weigh above 0, those turned down below.
 *
 * <p>An event counts by recency × progress × rating; a rating under 2.5 turns a title down, and so
 * does leaving it in its first twentieth without rating it. What is liked is divided by the root of
 * the sum of its weights (when above 1), so that a long history outweighs the other sources, but
 * not by its mere length; what is turned down weighs as much together as what is liked, whatever
 * there is more of, and no more than once without that.
 */
final class WatchedTitles {
  /** Who leaves a title before has not watched it. */
  private static final double BEGUN = 0.05;

  private final int[] titles;
  private final double[] weights;

  private WatchedTitles(int[] titles, double[] weights) {
    this.titles = titles;
    this.weights = weights;
  }

  static WatchedTitles of(Profile profile, Catalog catalog, Recency recency) {
    int[] titles = new int[profile.history().size()];
    double[] weights = new double[titles.length];
    int count = 0;
    double liked = 0;
    double turnedDown = 0;
    var seen = new BitSet(catalog.size());
    for (var event : profile.history()) {
      var title = catalog.indexOf(event.item());
      if (title.isPresent() && !seen.get(title.getAsInt())) {
        seen.set(title.getAsInt());
        double weight = recency.of(event.at()) * verdict(event);
        titles[count] = title.getAsInt();
        weights[count++] = weight;
        liked += Math.max(0, weight);
        turnedDown += Math.max(0, -weight);
      }
    }
    double root = Math.sqrt(Math.max(1, liked));
    for (int i = 0; i < count; i++) {
      weights[i] *= weights[i] > 0 ? 1 / root : root / Math.max(1, turnedDown);
    }
    return new WatchedTitles(Arrays.copyOf(titles, count), Arrays.copyOf(weights, count));
  }

  int count() {
    return titles.length;
  }

  /** The index of a title in the catalogue, newest first. */
  int title(int place) {
    return titles[place];
  }

  /** What the title at a place says: above 0 when it is liked. */
  double weight(int place) {
    return weights[place];
  }

  private static double verdict(Event.Watched event) {
    double progress = event.progress().orElse(1);
    if (event.rating().isEmpty()) {
      return progress < BEGUN ? -0.5 : 0.6 * engagement(progress);
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
