package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.Title;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Genres, people and tags as numbers, letter case and accents ignored, and each title as a vector
 * of length 1 over them. A feature weighs its inverse document frequency, ln(1 + N / titles with
 * it), times the weight of its kind: people say less about taste than a genre does.
 */
public final class FeatureIndex {
  private static final double GENRE = 1.0;
  private static final double TAG = 1.0;
  private static final double PERSON = 0.8;

  private final Map<String, Integer> ids = new HashMap<>();
  private final int[][] features;
  private final double[] weights;
  private final double[] norms;

  FeatureIndex(List<Title> titles) {
    features = new int[titles.size()][];
    for (int title = 0; title < features.length; title++) {
      features[title] = intern(titles.get(title));
    }
    weights = new double[ids.size()];
    for (int[] those : features) {
      for (int feature : those) {
        weights[feature]++;
      }
    }
    ids.forEach(
        (key, feature) ->
            weights[feature] = kind(key) * StrictMath.log1p(features.length / weights[feature]));
    norms = new double[features.length];
    for (int title = 0; title < features.length; title++) {
      double squares = 0;
      for (int feature : features[title]) {
        squares += weights[feature] * weights[feature];
      }
      norms[title] = squares > 0 ? Math.sqrt(squares) : 1;
    }
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
    return Arrays.binarySearch(features[title], feature) >= 0;
  }

  /** Adds a multiple of a title's vector to a vector of {@link #count()} numbers. */
  public void add(int title, double factor, double[] vector) {
    for (int feature : features[title]) {
      vector[feature] += factor * weights[feature] / norms[title];
    }
  }

  /** The product of a title's vector with a vector of {@link #count()} numbers. */
  public double dot(int title, double[] vector) {
    double sum = 0;
    for (int feature : features[title]) {
      sum += vector[feature] * weights[feature];
    }
    return sum / norms[title];
  }

  /** How alike two titles are: the cosine of their vectors, 0..1. */
  public double cosine(int one, int other) {
    int[] left = features[one];
    int[] right = features[other];
    double sum = 0;
    for (int i = 0, j = 0; i < left.length && j < right.length; ) {
      if (left[i] == right[j]) {
        sum += weights[left[i]] * weights[left[i]];
        i++;
        j++;
      } else if (left[i] < right[j]) {
        i++;
      } else {
        j++;
      }
    }
    return sum / norms[one] / norms[other];
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
