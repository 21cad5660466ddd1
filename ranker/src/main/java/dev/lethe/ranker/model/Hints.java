package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Profile;
import java.util.stream.IntStream;

/**
 * What a profile says about some titles by itself, whatever is learned from others.
 *
 * @param titles indices in the catalogue
 * @param watched everything that was
 * @param searches by title, as much as they count in a {@link Blend} of ones
 * @param preferences the same
 */
public record Hints(int[] titles, WatchedTitles watched, double[] searches, double[] preferences) {

  public static Hints of(Profile profile, Catalog catalog, int[] titles) {
    var recency = Recency.of(profile, catalog);
    double[] searches = new double[titles.length];
    if (!profile.searches().isEmpty()) {
      var part = new SearchPart(profile, catalog, recency, 1);
      searches = IntStream.of(titles).mapToDouble(part::score).toArray();
    }
    double[] preferences = new double[titles.length];
    if (profile.preferences().isPresent()) {
      var part = new PreferencePart(profile.preferences().get(), catalog, 1);
      preferences = IntStream.of(titles).mapToDouble(part::score).toArray();
    }
    return new Hints(titles, WatchedTitles.of(profile, catalog, recency), searches, preferences);
  }

  @Override
  public String toString() {
    return "Hints[hidden]";
  }
}
