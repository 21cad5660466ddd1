package dev.lethe.bench.plain;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lethe.vault.api.Event;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in Redis.
 *
 * @param item of what was watched
 * @param query of what was searched for
 * @param at milliseconds of Unix time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StoredEvent(
    @Nullable String item,
    @Nullable String query,
    long at,
    @Nullable Double progress,
    @Nullable Double rating) {
  static StoredEvent of(Event event) {
    long at = event.at().toEpochMilli();
    if (event instanceof Event.Searched searched) {
      return new StoredEvent(null, searched.query(), at, null, null);
    }
    var watched = (Event.Watched) event;
    return new StoredEvent(
        watched.item(), null, at, nullable(watched.progress()), nullable(watched.rating()));
  }

  Event event() {
    return query == null
        ? new Event.Watched(
            String.valueOf(item), Instant.ofEpochMilli(at), optional(progress), optional(rating))
        : new Event.Searched(query, Instant.ofEpochMilli(at));
  }

  private static @Nullable Double nullable(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
