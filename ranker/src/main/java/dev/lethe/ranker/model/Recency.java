package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much an event still counts: half for every {@value #HALF_LIFE_DAYS} days that it is older
 * than the newest event of the profile. The clock has no part in it. Events of titles that the
 * catalogue lacks do not count as the newest: they must change nothing.
 */
record Recency(Instant newest) {
  static final double HALF_LIFE_DAYS = 90;

  private static final double HALF_LIFE_MILLIS = HALF_LIFE_DAYS * 24 * 60 * 60 * 1000;

  static Recency of(Profile profile, Catalog catalog) {
    var watched =
        profile.history().stream()
            .filter(event -> catalog.indexOf(event.item()).isPresent())
            .map(event -> event.at())
            .findFirst();
    var searched = profile.searches().stream().map(event -> event.at()).findFirst();
    return new Recency(
        Stream.of(watched, searched)
            .flatMap(Optional::stream)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH));
  }

  /** 1 for the newest event, towards 0 with age. */
  double of(Instant at) {
    double age = Math.max(0, newest.toEpochMilli() - at.toEpochMilli());
    return StrictMath.pow(0.5, age / HALF_LIFE_MILLIS);
  }
}
