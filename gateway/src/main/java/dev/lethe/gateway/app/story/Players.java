package dev.lethe.gateway.app.story;

import dev.lethe.ranker.eval.RankLens;
import dev.lethe.ranker.eval.RankLens.Like;
import dev.lethe.ranker.train.UnreadableDataException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whom a replay plays, and the titles that they liked.
 *
 * @param titles as the catalogue takes them, one JSON a line
 * @param people in the order of their names
 */
record Players(int titleCount, String titles, List<Person> people) {
  /** Somebody, with likes in the order of time and the lists of items that were shown. */
  record Person(String name, List<Like> likes, List<List<String>> shown) {}

  /**
   * Reads a RankLens events file.
   *
   * @param now when the last like shall have happened; all others are shifted along
   * @param most people to take
   * @throws UnreadableDataException when it cannot be read or is no such file
   */
  static Players read(Path file, Instant now, Optional<Integer> most) {
    var events = RankLens.read(file);
    long last = likes(events).mapToLong(like -> like.at().toEpochMilli()).max().orElse(0);
    var people = new TreeMap<String, Person>();
    for (var list : events.shown()) {
      var person =
          people.computeIfAbsent(
              list.person(), name -> new Person(name, new ArrayList<>(), new ArrayList<>()));
      person.shown().add(list.items());
      person.likes().addAll(list.likes());
    }
    return new Players(
        events.titleCount(),
        events.titles(),
        people.values().stream()
            .limit(most.orElse(Integer.MAX_VALUE))
            .map(person -> shifted(person, now.toEpochMilli() - last))
            .toList());
  }

  private static Stream<Like> likes(RankLens events) {
    return events.shown().stream().flatMap(list -> list.likes().stream());
  }

  private static Person shifted(Person person, long millis) {
    return new Person(
        person.name(),
        person.likes().stream()
            .map(like -> new Like(like.item(), like.at().plusMillis(millis)))
            .sorted(Comparator.comparing(Like::at))
            .toList(),
        person.shown());
  }
}
