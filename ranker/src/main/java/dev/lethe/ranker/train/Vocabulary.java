package dev.lethe.ranker.train;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The titles that are learned about: those that most people came across; ties by id. */
final class Vocabulary {
  private final List<String> titles;
  private final Map<String, Integer> numbers = new HashMap<>();

  /**
   * @param known whether a title is one to learn about at all
   */
  Vocabulary(Collection<Taste> people, Predicate<String> known, int most) {
    var counts = new HashMap<String, Integer>();
    people.stream()
        .flatMap(taste -> Stream.concat(taste.liked().stream(), taste.turnedDown().stream()))
        .filter(known)
        .forEach(title -> counts.merge(title, 1, Integer::sum));
    titles =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(most)
            .map(Map.Entry::getKey)
            .toList();
    titles.forEach(title -> numbers.put(title, numbers.size()));
  }

  List<String> titles() {
    return titles;
  }

  /** The numbers of those titles that are in it, ascending. */
  int[] numbers(List<String> ids) {
    return ids.stream()
        .filter(numbers::containsKey)
        .mapToInt(id -> numbers.getOrDefault(id, 0))
        .sorted()
        .toArray();
  }
}
