package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Reads a batch of events. */
public final class EventInput {
  private static final int MAX_EVENTS = 1_000;
  private static final int MAX_QUERY = 200;
  private static final Duration MOST_AHEAD = Duration.ofMinutes(5);

  private final Instant present;
  private final Instant oldest;
  private final Instant latest;

  public EventInput(Instant now, RetentionRule retention) {
    this.present = now.truncatedTo(ChronoUnit.MILLIS);
    this.oldest = now.minus(retention.maxAge());
    this.latest = now.plus(MOST_AHEAD);
  }

  public List<Event> read(Field field, JsonNode body) {
    return Members.of(body, Place.BODY, "events")
        .list("events", 1, MAX_EVENTS, (node, place) -> event(field, node, place))
        .orElseThrow(() -> Members.fault("events", "is required"));
  }

  /** The events that stand under the field's own name; none when it is absent. */
  List<Event> read(Field field, Members profile) {
    return profile
        .list(field.wireName(), 0, MAX_EVENTS, (node, place) -> event(field, node, place))
        .orElseGet(List::of);
  }

  private Event event(Field field, JsonNode node, Place place) {
    if (field == Field.HISTORY) {
      var members = Members.of(node, place, "item", "at", "progress", "rating");
      return new Event.Watched(
          members.requiredId("item"),
          at(members),
          members.number("progress", 0, 1),
          members.number("rating", 0.5, 5));
    }
    var members = Members.of(node, place, "query", "at");
    return new Event.Searched(members.requiredText("query", MAX_QUERY), at(members));
  }

  private Instant at(Members members) {
    return past(members)
        .map(
            at -> {
              if (at.isBefore(oldest)) {
                throw Members.fault(members.at("at"), "must not be older than retention keeps");
              }
              return at;
            })
        .orElse(present);
  }

  /** The member {@code at}, however long ago. */
  Optional<Instant> past(Members members) {
    return members
        .text("at", 40)
        .map(
            text -> {
              Instant at =
                  Times.parse(text)
                      .orElseThrow(
                          () -> Members.fault(members.at("at"), "must be a time of RFC 3339"));
              if (at.isAfter(latest)) {
                throw Members.fault(members.at("at"), "must not be more than 5 minutes ahead");
              }
              return at;
            });
  }
}
