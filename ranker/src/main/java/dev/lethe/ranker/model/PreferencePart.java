package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.FoldedText;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Stated likes and dislikes: the weight of each genre that a title has, divided by the root of how
 * many genres the title has, so that a title does not win by being a bit of everything.
 */
final class PreferencePart implements Part {
  private record Wish(String genre, int feature, double weight) {}

  private final Catalog catalog;
  private final double strength;
  private final List<Wish> wishes = new ArrayList<>();

  PreferencePart(Document.Preferences preferences, Catalog catalog, double strength) {
    this.catalog = catalog;
    this.strength = strength;
    var seen = new HashSet<Integer>();
    // Sorted, because the order of summands is part of a score and a map need not keep one.
    preferences.genres().entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Double> wish) -> FoldedText.of(wish.getKey()))
                .thenComparing(Map.Entry::getKey))
        .forEach(
            wish ->
                catalog
                    .features()
                    .genre(wish.getKey())
                    .ifPresent(
                        feature -> {
                          if (seen.add(feature)) {
                            wishes.add(new Wish(wish.getKey(), feature, wish.getValue()));
                          }
                        }));
  }

  @Override
  public double score(int title) {
    double sum = 0;
    for (var wish : wishes) {
      sum += amount(wish, title);
    }
    return sum;
  }

  @Override
  public void addScores(double[] sums) {
    for (var wish : wishes) {
      catalog.features().forEachTitle(wish.feature(), title -> sums[title] += granted(wish, title));
    }
  }

  @Override
  public int sources() {
    return wishes.size();
  }

  @Override
  public void amounts(int title, double[] into, int from) {
    for (int i = 0; i < wishes.size(); i++) {
      into[from + i] = amount(wishes.get(i), title);
    }
  }

  @Override
  public Source source(int number) {
    return Source.of(Field.PREFERENCES, wishes.get(number).genre());
  }

  private double amount(Wish wish, int title) {
    return catalog.features().has(title, wish.feature()) ? granted(wish, title) : 0;
  }

  /** What a wish says of a title of its genre. */
  private double granted(Wish wish, int title) {
    return strength * wish.weight() / Math.sqrt(catalog.genres(title));
  }
}
