package dev.lethe.ranker.eval;

import dev.lethe.ranker.train.DataLines;
import dev.lethe.ranker.train.UnreadableDataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cut that others made: two files of {@code person<TAB>title}, one pair a line; more fields in a
 * line are passed over. What a person has in both files is only learned from.
 */
public final class PairFiles {
  private PairFiles() {}

  /**
   * Reads both.
   *
   * @throws UnreadableDataException when one is not such a file
   */
  public static Holdout read(Path train, Path test) {
    var titles = new HashMap<String, Integer>();
    var learned = pairs(train, titles);
    var asked = pairs(test, titles);
    var people = new LinkedHashSet<>(learned.keySet());
    people.addAll(asked.keySet());
    List<int[]> trains = new ArrayList<>();
    List<int[]> tests = new ArrayList<>();
    for (var person : people) {
      var known = learned.getOrDefault(person, Set.of());
      var wanted = new LinkedHashSet<>(asked.getOrDefault(person, Set.of()));
      wanted.removeAll(known);
      trains.add(array(known));
      tests.add(array(wanted));
    }
    return new Holdout(titles.size(), trains.toArray(int[][]::new), tests.toArray(int[][]::new));
  }

  private static Map<String, Set<Integer>> pairs(Path file, Map<String, Integer> titles) {
    var pairs = new LinkedHashMap<String, Set<Integer>>();
    DataLines.read(
        file,
        "\t",
        2,
        fields -> {
          int title = titles.computeIfAbsent(fields.get(1), first -> titles.size());
          pairs.computeIfAbsent(fields.get(0), person -> new LinkedHashSet<>()).add(title);
        });
    return pairs;
  }

  private static int[] array(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
