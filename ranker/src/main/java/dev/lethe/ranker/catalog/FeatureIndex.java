package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.Title;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Genres, people and tags as numbers, letter case and accents ignored, and each title as a vector
 * of length 1 over them. A feature weighs its inverse document frequency, ln(1 + N / titles with
 * it), times the weight of its kind: a genre says twice as much about taste as a tag or a person
 * (chosen on the validation part of RankLens, docs/ranking.md).
 */
public final class FeatureIndex {
  private static final double GENRE = 2.0;
  private static final double TAG = 1.0;
  private static final double PERSON = 1.0;

  private final Map<String, Integer> ids = new HashMap<>();

  /** The features of all titles, title by title; those of one ascend. */
  private final int[] features;

  /** Where those of each title begin, and where the last ones end. */
  private final int[] starts;

  /** The titles of all features, feature by feature; those of one ascend. */
  private final int[] titles;

  /** Where those of each feature begin, and where the last ones end. */
  private final int[] firsts;

  private final double[] weights;
  private final double[] norms;

  FeatureIndex(List<Title> titles) {
    var byTitle = titles.stream().map(this::intern).toList();
    features = byTitle.stream().flatMapToInt(Arrays::stream).toArray();
    starts = new int[titles.size() + 1];
    for (int title = 0; title < titles.size(); title++) {
      starts[title + 1] = starts[title] + byTitle.get(title).length;
    }
    firsts = new int[ids.size() + 1];
    this.titles = turned();
    weights = new double[ids.size()];
    ids.forEach(
        (key, feature) ->
            weights[feature] =
                kind(key) * StrictMath.log1p((double) titles.size() / titles(feature)));
    norms = new double[titles.size()];
    for (int title = 0; title < norms.length; title++) {
      double squares = 0;
      for (int i = starts[title]; i < starts[title + 1]; i++) {
        squares += weights[features[i]] * weights[features[i]];
      }
      norms[title] = squares > 0 ? Math.sqrt(squares) : 1;
    }
  }

  /** Fills {@link #firsts}, and gives the titles that stand between them. */
  private int[] turned() {
    for (int feature : features) {
      firsts[feature + 1]++;
    }
    for (int feature = 1; feature < firsts.length; feature++) {
      firsts[feature] += firsts[feature - 1];
    }
    int[] turned = new int[features.length];
    int[] next = firsts.clone();
    for (int title = 0; title < starts.length - 1; title++) {
      for (int i = starts[title]; i < starts[title + 1]; i++) {
        turned[next[features[i]]++] = title;
      }
    }
    return turned;
  }

  /** How many features there are; their numbers are 0 to count - 1. */
  public int count() {
    return weights.length;
  }

  public OptionalInt genre(String name) {
    return lookup('g', name);
  }

  public OptionalInt tag(String name) {
    return lookup('t', name);
  }

  public boolean has(int title, int feature) {
    return Arrays.binarySearch(features, starts[title], starts[title + 1], feature) >= 0;
  }

  /** Adds a multiple of a title's vector to a vector of {@link #count()} numbers. */
  public void add(int title, double factor, double[] vector) {
    double norm = norms[title];
    for (int i = starts[title]; i < starts[title + 1]; i++) {
      vector[features[i]] += factor * weights[features[i]] / norm;
    }
  }

  /** The product of a title's vector with a vector of {@link #count()} numbers. */
  public double dot(int title, double[] vector) {
    double sum = 0;
    for (int i = starts[title]; i < starts[title + 1]; i++) {
      sum += vector[features[i]] * weights[features[i]];
    }
    return sum / norms[title];
  }

  /**
   * Adds {@link #dot} of each title to a number for it, up to rounding. Feature by feature, so that
   * nothing is read of features that the vector lacks, and what is read stands in a row.
   */
  public void addDots(double[] vector, double[] sums) {
    for (int feature = 0; feature < vector.length; feature++) {
      if (vector[feature] != 0) {
        double amount = vector[feature] * weights[feature];
        for (int i = firsts[feature]; i < firsts[feature + 1]; i++) {
          sums[titles[i]] += amount / norms[titles[i]];
        }
      }
    }
  }

  /** Calls with each title that has a feature, ascending. */
  public void forEachTitle(int feature, IntConsumer action) {
    for (int i = firsts[feature]; i < firsts[feature + 1]; i++) {
      action.accept(titles[i]);
    }
  }

  private int titles(int feature) {
    return firsts[feature + 1] - firsts[feature];
  }

  private int[] intern(Title title) {
    int[] found = new int[title.genres().size() + title.people().size() + title.tags().size()];
    int count = 0;
    for (var genre : title.genres()) {
      found[count++] = intern('g', genre);
    }
    for (var person : title.people()) {
      found[count++] = intern('p', person);
    }
    for (var tag : title.tags()) {
      found[count++] = intern('t', tag);
    }
    return Arrays.stream(found).sorted().distinct().toArray();
  }

  private int intern(char kind, String name) {
    return ids.computeIfAbsent(kind + FoldedText.of(name), key -> ids.size());
  }

  private OptionalInt lookup(char kind, String name) {
    var id = ids.get(kind + FoldedText.of(name));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  private static double kind(String key) {
    return switch (key.charAt(0)) {
      case 'g' -> GENRE;
      case 't' -> TAG;
      default -> PERSON;
    };
  }
}
