package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Likeness to what was watched. A watched title counts once, by its newest event: recency ×
 * progress × rating, below zero for a rating under 2.5. Its term for a title is that weight times
 * the cosine of both. All terms are divided by the root of the sum of |weights| (when above 1), so
 * that a long history outweighs the other parts, but not by its mere length.
 *
 * <p>A score takes one product with the sum of all weighted vectors; the terms are computed one by
 * one only to explain.
 */
final class HistoryPart implements Part {
  private static final double STRENGTH = 2.0;

  private final Catalog catalog;

  /** What was watched, newest first, and the weight of each. */
  private final int[] titles;

  private final double[] weights;
  private final double[] taste;
  private int count;

  HistoryPart(Profile profile, Catalog catalog, Recency recency) {
    this.catalog = catalog;
    titles = new int[profile.history().size()];
    weights = new double[titles.length];
    var seen = new BitSet(catalog.size());
    double total = 0;
    for (var event : profile.history()) {
      var title = catalog.indexOf(event.item());
      if (title.isPresent() && !seen.get(title.getAsInt())) {
        seen.set(title.getAsInt());
        double weight = recency.of(event.at()) * engagement(event) * liking(event);
        titles[count] = title.getAsInt();
        weights[count++] = weight;
        total += Math.abs(weight);
      }
    }
    double scale = STRENGTH / Math.sqrt(Math.max(1, total));
    taste = new double[catalog.features().count()];
    for (int i = 0; i < count; i++) {
      weights[i] *= scale;
      catalog.features().add(titles[i], weights[i], taste);
    }
  }

  @Override
  public double score(int title) {
    return catalog.features().dot(title, taste);
  }

  @Override
  public void explain(int title, Consumer<Term> terms) {
    for (int i = 0; i < count; i++) {
      Title that = catalog.title(titles[i]);
      double amount = weights[i] * catalog.features().cosine(title, titles[i]);
      terms.accept(Term.ofWatched(that.id(), that.title(), amount));
    }
  }

  /** 0.25 for a title hardly begun, 1 for one seen to the end, 0.75 when nothing is known. */
  private static double engagement(Event.Watched event) {
    return event.progress().isPresent() ? 0.25 + 0.75 * event.progress().getAsDouble() : 0.75;
  }

  /**
   * -1 for half a star up to (not including) 0 for 2.5, 0.2 for 2.5 up to 1; 0.6 without rating.
   */
  private static double liking(Event.Watched event) {
    if (event.rating().isEmpty()) {
      return 0.6;
    }
    double rating = event.rating().getAsDouble();
    return rating < 2.5 ? (rating - 2.5) / 2 : 0.2 + 0.8 * (rating - 2.5) / 2.5;
  }
}
