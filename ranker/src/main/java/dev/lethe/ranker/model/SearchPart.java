package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.FoldedText;
import dev.lethe.ranker.catalog.WordIndex;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Matches of recent searches. A query counts once, by its newest event, and only the newest {@value
 * #MAX_QUERIES} count. Its term is recency × the matched share of its words, each weighed by rarity
 * and by where it stands in the title. All terms are divided by the root of the sum of recencies.
 */
final class SearchPart implements Part {
  static final int MAX_QUERIES = 50;

  private record Word(WordIndex.Postings postings, double weight) {}

  private record Query(String text, List<Word> words, double recency) {}

  private final List<Query> queries = new ArrayList<>();
  private final double scale;
  private final double[] sums;

  SearchPart(Profile profile, Catalog catalog, Recency recency, double strength) {
    var seen = new HashSet<List<String>>();
    double total = 0;
    for (var event : profile.searches()) {
      if (queries.size() == MAX_QUERIES) {
        break;
      }
      var words = FoldedText.words(event.query()).stream().distinct().toList();
      if (!words.isEmpty() && seen.add(words)) {
        double weight = recency.of(event.at());
        queries.add(new Query(event.query(), weighed(words, catalog.words()), weight));
        total += weight;
      }
    }
    scale = strength / Math.sqrt(Math.max(1, total));
    sums = new double[catalog.size()];
    for (var query : queries) {
      for (var word : query.words()) {
        var found = word.postings();
        double factor = scale * query.recency() * word.weight();
        for (int i = 0; i < found.titles().length; i++) {
          sums[found.titles()[i]] += factor * found.weights()[i];
        }
      }
    }
  }

  @Override
  public double score(int title) {
    return sums[title];
  }

  @Override
  public void addScores(double[] all) {
    for (int title = 0; title < all.length; title++) {
      all[title] += sums[title];
    }
  }

  @Override
  public int sources() {
    return queries.size();
  }

  @Override
  public void amounts(int title, double[] into, int from) {
    for (int i = 0; i < queries.size(); i++) {
      double match = 0;
      for (var word : queries.get(i).words()) {
        match += word.weight() * word.postings().weight(title);
      }
      into[from + i] = scale * queries.get(i).recency() * match;
    }
  }

  @Override
  public Source source(int number) {
    return Source.of(Field.SEARCHES, queries.get(number).text());
  }

  /** The words with weights that sum to 1. */
  private static List<Word> weighed(List<String> words, WordIndex index) {
    double total = words.stream().mapToDouble(index::rarity).sum();
    return words.stream()
        .map(word -> new Word(index.of(word), index.rarity(word) / total))
        .toList();
  }
}
