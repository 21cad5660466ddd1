package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.Title;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which titles a word occurs in, and where: a word of the title counts most, one of the overview
 * least. Letter case and accents are ignored.
 */
public final class WordIndex {
  private static final double TITLE = 1.0;
  private static final double ATTRIBUTE = 0.8;
  private static final double OVERVIEW = 0.4;

  /** The titles that a word occurs in, ascending, and how much the best place counts, 0..1. */
  public record Postings(int[] titles, double[] weights) {
    static final Postings NONE = new Postings(new int[0], new double[0]);

    /** How much the word counts for a title; 0 when it does not occur. */
    public double weight(int title) {
      int at = Arrays.binarySearch(titles, title);
      return at < 0 ? 0 : weights[at];
    }
  }

  private final Map<String, Postings> postings = new HashMap<>();
  private final int titles;

  WordIndex(List<Title> titles) {
    this.titles = titles.size();
    var growing = new HashMap<String, Growing>();
    for (int index = 0; index < titles.size(); index++) {
      int number = index;
      places(titles.get(index))
          .forEach(
              (word, weight) ->
                  growing.computeIfAbsent(word, key -> new Growing()).add(number, weight));
    }
    growing.forEach((word, found) -> postings.put(word, found.done()));
  }

  /** Where a folded word occurs. */
  public Postings of(String word) {
    return postings.getOrDefault(word, Postings.NONE);
  }

  /** ln(1 + N / titles with the word); that of a word in one title when it is in none. */
  public double rarity(String word) {
    return StrictMath.log1p((double) titles / Math.max(1, of(word).titles().length));
  }

  private static Map<String, Double> places(Title title) {
    var places = new HashMap<String, Double>();
    put(places, title.overview(), OVERVIEW);
    title.genres().forEach(genre -> put(places, genre, ATTRIBUTE));
    title.people().forEach(person -> put(places, person, ATTRIBUTE));
    title.tags().forEach(tag -> put(places, tag, ATTRIBUTE));
    put(places, title.title(), TITLE);
    return places;
  }

  // Called in the order of rising weight, so that the best place stays.
  private static void put(Map<String, Double> places, String text, double weight) {
    FoldedText.words(text).forEach(word -> places.put(word, weight));
  }

  private static final class Growing {
    private int[] titles = new int[4];
    private double[] weights = new double[4];
    private int count;

    void add(int title, double weight) {
      if (count == titles.length) {
        titles = Arrays.copyOf(titles, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
      }
      titles[count] = title;
      weights[count++] = weight;
    }

    Postings done() {
      return new Postings(Arrays.copyOf(titles, count), Arrays.copyOf(weights, count));
    }
  }
}
