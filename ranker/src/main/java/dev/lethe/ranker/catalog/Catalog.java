package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The titles that can be ranked, immutable, with what scoring looks up. A title's index is its
 * place in the order by popularity (highest first), then id.
 */
public final class Catalog {
  /** The year of a title that has none. */
  public static final int NO_YEAR = Integer.MIN_VALUE;

  private static final Comparator<Title> ORDER =
      Comparator.comparingDouble(Title::popularity).reversed().thenComparing(Title::id);

  private final List<Title> titles;
  private final IdIndex ids;
  private final double[] popularities;
  private final int[] years;
  private final int[] genres;
  private final int firstYear;
  private final int medianYear;
  private final int lastYear;
  private final String[] folded;
  private final FeatureIndex features;
  private final WordIndex words;
  private final String digest;

  /**
   * @param titles in any order, no id twice
   * @param digest SHA-256 of the file that they came from, lower-case hexadecimal
   */
  Catalog(List<Title> titles, String digest) {
    this.titles = titles.stream().sorted(ORDER).toList();
    this.digest = digest;
    ids = new IdIndex(this.titles.stream().map(Title::id).toList());
    popularities = this.titles.stream().mapToDouble(Title::popularity).toArray();
    years = this.titles.stream().mapToInt(title -> title.year().orElse(NO_YEAR)).toArray();
    genres = this.titles.stream().mapToInt(title -> title.genres().size()).toArray();
    int[] known = Arrays.stream(years).filter(year -> year != NO_YEAR).sorted().toArray();
    firstYear = known.length == 0 ? 0 : known[0];
    medianYear = known.length == 0 ? 0 : known[known.length / 2];
    lastYear = known.length == 0 ? 0 : known[known.length - 1];
    folded = new String[titles.size()];
    for (int index = 0; index < titles.size(); index++) {
      folded[index] = FoldedText.of(this.titles.get(index).title());
    }
    features = new FeatureIndex(this.titles);
    words = new WordIndex(this.titles);
  }

  public int size() {
    return titles.size();
  }

  /** The title at an index, 0 to size - 1. */
  public Title title(int index) {
    return titles.get(index);
  }

  /** The popularity of the title at an index. */
  public double popularity(int index) {
    return popularities[index];
  }

  /** The year of the title at an index, or {@link #NO_YEAR}. */
  public int year(int index) {
    return years[index];
  }

  /** How many genres the title at an index has. */
  public int genres(int index) {
    return genres[index];
  }

  /** The first year that any title has; 0 when none has one. */
  public int firstYear() {
    return firstYear;
  }

  /** The year that as many titles are older as newer than; 0 when none has one. */
  public int medianYear() {
    return medianYear;
  }

  /** The last year that any title has; 0 when none has one. */
  public int lastYear() {
    return lastYear;
  }

  public OptionalInt indexOf(String id) {
    int index = ids.find(id);
    return index == IdIndex.NONE ? OptionalInt.empty() : OptionalInt.of(index);
  }

  public Optional<Title> byId(String id) {
    int index = ids.find(id);
    return index == IdIndex.NONE ? Optional.empty() : Optional.of(titles.get(index));
  }

  /**
   * Titles by popularity, then id.
   *
   * @param query part of the title, letter case and accents ignored; blank means all
   * @param limit at least 1
   * @param after id of the last title already seen; one that the catalogue lacks gives an empty
   *     page
   */
  public TitlePage find(String query, int limit, Optional<String> after) {
    int start = 0;
    if (after.isPresent()) {
      var seen = indexOf(after.get());
      if (seen.isEmpty()) {
        return new TitlePage(List.of(), Optional.empty());
      }
      start = seen.getAsInt() + 1;
    }
    var wanted = FoldedText.of(query.strip());
    var page = new ArrayList<Title>();
    for (int index = start; index < folded.length; index++) {
      if (folded[index].contains(wanted)) {
        if (page.size() == limit) {
          return new TitlePage(List.copyOf(page), Optional.of(page.get(page.size() - 1).id()));
        }
        page.add(titles.get(index));
      }
    }
    return new TitlePage(List.copyOf(page), Optional.empty());
  }

  /** What the titles have in common. */
  public FeatureIndex features() {
    return features;
  }

  /** Where words occur. */
  public WordIndex words() {
    return words;
  }

  /** SHA-256 of the file, lower-case hexadecimal. */
  public String digest() {
    return digest;
  }
}
