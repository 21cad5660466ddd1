package dev.lethe.bench.core;

import dev.lethe.vault.api.Event.Watched;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A made-up person who has watched a title a day. */
final class Viewer {
  /** So many titles were watched. */
  static final int EVENTS = 200;

  static final RetentionRule RETENTION = new RetentionRule(1_000, Duration.ofDays(365));

  private Viewer() {}

  /** What was watched until now, oldest first. */
  static List<Watched> watched(Instant now) {
    var today = now.truncatedTo(ChronoUnit.MILLIS);
    var events = new ArrayList<Watched>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          new Watched(
              Titles.seen(i),
              today.minus(Duration.ofDays(EVENTS - i)),
              OptionalDouble.of(i % 5 / 4.0),
              i % 3 == 0 ? OptionalDouble.of(1 + i % 9 / 2.0) : OptionalDouble.empty()));
    }
    return events;
  }

  /** The same as the ranker sees it. */
  static Profile profile(Instant now) {
    var newestFirst = new ArrayList<>(watched(now));
    Collections.reverse(newestFirst);
    return new Profile(newestFirst, List.of(), Optional.empty(), Optional.empty());
  }
}
