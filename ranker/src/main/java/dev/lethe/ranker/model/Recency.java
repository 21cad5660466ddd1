package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.List;

/**
 * How much an event still counts: half for every {@value #HALF_LIFE_DAYS} days that it is older
 * than the newest event of the profile. The clock has no part in it. Events of titles that the
 * catalogue lacks do not count as the newest: they must change nothing.
 *
 * @param newest milliseconds since 1970
 */
record Recency(long newest) {
  static final double HALF_LIFE_DAYS = 90;

  private static final double HALF_LIFE_MILLIS = HALF_LIFE_DAYS * 24 * 60 * 60 * 1000;

  /** When nothing happened that counts, and {@link #of(Instant)} is not asked about anything. */
  private static final long NEVER = Long.MIN_VALUE;

  static Recency of(Profile profile, Catalog catalog) {
    var searches = profile.searches();
    long searched = searches.isEmpty() ? NEVER : searches.get(0).at().toEpochMilli();
    return new Recency(Math.max(watched(profile.history(), catalog), searched));
  }

  private static long watched(List<Event.Watched> newestFirst, Catalog catalog) {
    for (var event : newestFirst) {
      if (catalog.indexOf(event.item()).isPresent()) {
        return event.at().toEpochMilli();
      }
    }
    return NEVER;
  }

  /** 1 for the newest event, towards 0 with age. */
  double of(Instant at) {
    double age = Math.max(0, newest - at.toEpochMilli());
    return StrictMath.pow(0.5, age / HALF_LIFE_MILLIS);
  }
}
