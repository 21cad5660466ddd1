package dev.lethe.ranker.eval;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Learned;
import dev.lethe.ranker.train.Crowd;
import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.ServedWeights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What is learned from lists that people were shown. */
final class CrowdOfLists {
  private record Person(Set<Integer> liked, Set<Integer> turnedDown) {}

  private CrowdOfLists() {}

  /**
   * @param minPeople nothing is said of pairs of titles, or of titles, that fewer share
   */
  static Learned learned(List<Encounter> known, Catalog catalog, double l2, int minPeople) {
    Map<String, Person> people = new LinkedHashMap<>();
    for (var encounter : known) {
      var person =
          people.computeIfAbsent(
              encounter.person(), name -> new Person(new TreeSet<>(), new TreeSet<>()));
      int[] titles = encounter.titles(catalog);
      boolean[] wanted = encounter.wanted();
      for (int i = 0; i < titles.length; i++) {
        (wanted[i] ? person.liked() : person.turnedDown()).add(titles[i]);
      }
    }
    var crowd = new Crowd(catalog.size());
    for (var person : people.values()) {
      person.turnedDown().removeAll(person.liked());
      crowd.add(array(person.liked()), array(person.turnedDown()));
    }
    return new Learned(
        "evaluation",
        IntStream.range(0, catalog.size()).mapToObj(title -> catalog.title(title).id()).toList(),
        crowd.appeal(minPeople),
        ServedWeights.of(Ease.learn(crowd.liked(), l2), crowd.liked(), minPeople, catalog.size()));
  }

  private static int[] array(Set<Integer> titles) {
    return titles.stream().mapToInt(Integer::intValue).toArray();
  }
}
