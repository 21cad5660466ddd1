package dev.lethe.bench.core;

import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event.Searched;
import dev.lethe.vault.api.Event.Watched;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A made-up person who has watched a title a day. */
final class Viewer {
  /** So many titles were watched. */
  static final int EVENTS = 200;

  private static final int SEARCHES = 10;

  static final RetentionRule RETENTION = new RetentionRule(1_000, Duration.ofDays(365));

  private Viewer() {}

  /** What was watched until now, oldest first. */
  static List<Watched> watched(Instant now) {
    return watched(now, Titles::seen);
  }

  private static List<Watched> watched(Instant now, IntFunction<String> title) {
    var today = now.truncatedTo(ChronoUnit.MILLIS);
    var events = new ArrayList<Watched>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          new Watched(
              title.apply(i),
              today.minus(Duration.ofDays(EVENTS - i)),
              OptionalDouble.of(i % 5 / 4.0),
              i % 3 == 0 ? OptionalDouble.of(1 + i % 9 / 2.0) : OptionalDouble.empty()));
    }
    return events;
  }

  /** The same as the ranker sees it. */
  static Profile profile(Instant now) {
    return profile(now, Titles::seen);
  }

  /** One who watched others. */
  static Profile profile(Instant now, IntFunction<String> title) {
    var newestFirst = new ArrayList<>(watched(now, title));
    Collections.reverse(newestFirst);
    return new Profile(newestFirst, List.of(), Optional.empty(), Optional.empty());
  }

  /** The same person, who also searched ten times, and said what they prefer and who they are. */
  static Profile withEveryField(Profile viewer) {
    var searches =
        IntStream.range(0, SEARCHES)
            .mapToObj(
                i ->
                    new Searched(
                        "word" + i * i * i + " word" + 7 * i, viewer.history().get(i).at()))
            .toList();
    return new Profile(
        viewer.history(),
        searches,
        Optional.of(
            new Document.Demographics(Optional.of("25-34"), Optional.of("DE"), Optional.of("de"))),
        Optional.of(
            new Document.Preferences(
                Map.of("Genre 0", 0.5, "Genre 3", 1.0, "Genre 7", -0.7), List.of())));
  }
}
