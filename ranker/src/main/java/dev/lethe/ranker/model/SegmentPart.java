package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.FeatureIndex;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A weak prior from demographics, set by hand and learnt from nobody: an age band leans to a few
 * genres by 0.05 to 0.1 (a tenth of what the most popular title has from popularity), and a title
 * that is tagged with the English name of the person's country or language gains {@value #TAGGED}.
 */
final class SegmentPart implements Part {
  static final double TAGGED = 0.05;

  private static final Map<String, Map<String, Double>> BY_AGE =
      Map.of(
          "under-18",
          Map.of("Animation", 0.1, "Family", 0.1, "Adventure", 0.05, "Horror", -0.1, "War", -0.05),
          "18-24",
          Map.of("Action", 0.05, "Animation", 0.05, "Horror", 0.05, "Sci-Fi", 0.05),
          "25-34",
          Map.of("Comedy", 0.05, "Sci-Fi", 0.05, "Thriller", 0.05),
          "35-49",
          Map.of("Crime", 0.05, "Drama", 0.05, "Family", 0.05),
          "50-64",
          Map.of("Crime", 0.05, "Drama", 0.05, "History", 0.05),
          "65+",
          Map.of("Documentary", 0.05, "Drama", 0.05, "History", 0.1, "Western", 0.05));

  private record Lean(int feature, double amount) {}

  /** What one member of the document leads to. */
  private record Statement(String value, List<Lean> leans) {}

  private final FeatureIndex features;
  private final List<Statement> statements = new ArrayList<>();

  SegmentPart(Document.Demographics demographics, Catalog catalog) {
    features = catalog.features();
    demographics.ageBand().ifPresent(band -> statements.add(new Statement(band, byAge(band))));
    demographics
        .region()
        .ifPresent(
            region -> {
              var country =
                  Locale.forLanguageTag("und-" + region).getDisplayCountry(Locale.ENGLISH);
              statements.add(new Statement(region, tagged(country)));
            });
    demographics
        .language()
        .ifPresent(
            tag -> {
              var language = Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
              statements.add(new Statement(tag, tagged(language)));
            });
  }

  @Override
  public double score(int title) {
    double sum = 0;
    for (var statement : statements) {
      sum += amount(statement, title);
    }
    return sum;
  }

  @Override
  public void addScores(double[] sums) {
    for (var statement : statements) {
      for (var lean : statement.leans()) {
        features.forEachTitle(lean.feature(), title -> sums[title] += lean.amount());
      }
    }
  }

  @Override
  public int sources() {
    return statements.size();
  }

  @Override
  public void amounts(int title, double[] into, int from) {
    for (int i = 0; i < statements.size(); i++) {
      into[from + i] = amount(statements.get(i), title);
    }
  }

  @Override
  public Source source(int number) {
    return Source.of(Field.DEMOGRAPHICS, statements.get(number).value());
  }

  private double amount(Statement statement, int title) {
    double sum = 0;
    for (var lean : statement.leans()) {
      sum += features.has(title, lean.feature()) ? lean.amount() : 0;
    }
    return sum;
  }

  private List<Lean> byAge(String band) {
    // Sorted, because the order of summands is part of a score and these maps keep none.
    return BY_AGE.getOrDefault(band, Map.of()).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(lean -> lean(features.genre(lean.getKey()), lean.getValue()).stream())
        .toList();
  }

  private List<Lean> tagged(String name) {
    return lean(features.tag(name), TAGGED);
  }

  private static List<Lean> lean(OptionalInt feature, double amount) {
    return feature.isPresent() ? List.of(new Lean(feature.getAsInt(), amount)) : List.of();
  }
}
