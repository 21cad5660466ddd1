package dev.lethe.ranker.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who watched what. People and titles are numbered as they first come up in the file.
 *
 * @param byPerson different titles of each person, in the order of time
 * @param genres numbers of the genres of each title; absent when the data set has none
 */
public record Watched(int titles, int[][] byPerson, Optional<int[][]> genres) {

  /** Somebody watched something; {@code at} in any unit that grows with time. */
  record Act(String person, String title, long at) {}

  /**
   * Numbers people and titles. A title that a person watched again counts once, by the first time.
   *
   * @param acts in the order of the file, which decides between equal times
   * @param minPeople titles that fewer acts name are left out, and people with nothing left
   * @param genres by title; empty when the data set has none
   */
  static Watched of(List<Act> acts, int minPeople, Map<String, List<String>> genres) {
    var counts = new HashMap<String, Integer>();
    acts.forEach(act -> counts.merge(act.title(), 1, Integer::sum));
    Predicate<Act> known = act -> counts.getOrDefault(act.title(), 0) >= minPeople;
    var titles = new LinkedHashMap<String, Integer>();
    var people = new LinkedHashMap<String, List<Act>>();
    acts.stream()
        .filter(known)
        .forEach(
            act -> {
              titles.putIfAbsent(act.title(), titles.size());
              people.computeIfAbsent(act.person(), person -> new ArrayList<>()).add(act);
            });
    var byPerson =
        people.values().stream()
            .map(
                theirs -> {
                  theirs.sort(Comparator.comparingLong(Act::at));
                  var seen = new HashSet<String>();
                  return theirs.stream()
                      .map(Act::title)
                      .filter(seen::add)
                      .mapToInt(title -> titles.getOrDefault(title, -1))
                      .toArray();
                })
            .toArray(int[][]::new);
    return new Watched(
        titles.size(),
        byPerson,
        genres.isEmpty() ? Optional.empty() : Optional.of(numbered(titles.keySet(), genres)));
  }

  private static int[][] numbered(
      Iterable<String> titles, Map<String, List<String>> genresByTitle) {
    var numbers = new HashMap<String, Integer>();
    var genres = new ArrayList<int[]>();
    for (var title : titles) {
      int[] own =
          genresByTitle.getOrDefault(title, List.of()).stream()
              .mapToInt(genre -> numbers.computeIfAbsent(genre, first -> numbers.size()))
              .distinct()
              .toArray();
      Arrays.sort(own);
      genres.add(own);
    }
    return genres.toArray(int[][]::new);
  }

  @Override
  public String toString() {
    return "Watched[" + byPerson.length + " people, " + titles + " titles]";
  }
}
