package dev.lethe.ranker.model;

import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Profiles for tests. */
final class Viewers {
  static final Instant NOW = Instant.parse("2026-11-01T20:00:00Z");

  private Viewers() {}

  static Event.Watched watched(String item, int daysAgo) {
    return new Event.Watched(
        item, daysAgo(daysAgo), OptionalDouble.empty(), OptionalDouble.empty());
  }

  static Event.Watched rated(String item, double rating) {
    return new Event.Watched(item, NOW, OptionalDouble.of(1), OptionalDouble.of(rating));
  }

  static Event.Watched left(String item) {
    return new Event.Watched(item, NOW, OptionalDouble.of(0.01), OptionalDouble.empty());
  }

  static Event.Searched searched(String query, int daysAgo) {
    return new Event.Searched(query, daysAgo(daysAgo));
  }

  static Profile whoWatched(Event.Watched... events) {
    return new Profile(List.of(events), List.of(), Optional.empty(), Optional.empty());
  }

  static Profile whoSearched(Event.Searched... events) {
    return new Profile(List.of(), List.of(events), Optional.empty(), Optional.empty());
  }

  static Profile whoPrefers(Map<String, Double> genres, String... muted) {
    return new Profile(
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(new Document.Preferences(genres, List.of(muted))));
  }

  static Profile whoIs(String ageBand, String region) {
    return new Profile(
        List.of(),
        List.of(),
        Optional.of(
            new Document.Demographics(Optional.of(ageBand), Optional.of(region), Optional.empty())),
        Optional.empty());
  }

  private static Instant daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days));
  }
}
