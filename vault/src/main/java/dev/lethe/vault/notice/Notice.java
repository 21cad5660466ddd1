package dev.lethe.vault.notice;

import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a notice is about, as far as everybody may know it.
 *
 * @param id also the {@code jti} of what is sent, however often
 * @param receiver its configured name
 * @param act the erasure's id, or one that the notices of one withdrawal share
 * @param at when it was queued, to the millisecond
 */
record Notice(
    String id, String receiver, Event event, SubjectLife subject, String act, Instant at) {
  private static final int FORMAT = 1;

  /** What is told. */
  enum Event {
    ERASED("erased"),
    WITHDRAWN("withdrawn");

    private final String wireName;

    Event(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }

    private static Event of(String name) {
      for (var event : values()) {
        if (event.wireName.equals(name)) {
          return event;
        }
      }
      throw new IllegalStateException("a notice is of an event that this release lacks: " + name);
    }
  }

  /** As stored in clear. */
  String about() {
    return new JsonObject()
        .put("v", FORMAT)
        .put("receiver", receiver)
        .put("event", event.wireName())
        .put("pseudonym", subject.pseudonym())
        .put("life", subject.life())
        .put("act", act)
        .put("at", at.toString())
        .encode();
  }

  /**
   * Reads what {@link #about} wrote.
   *
   * @throws IllegalStateException when it is of a newer format
   * @throws UnreadableException when it is damaged
   */
  static Notice of(String id, String about) {
    try {
      if (Json.decodeValue(about) instanceof JsonObject json) {
        return of(id, json);
      }
      throw damaged();
    } catch (DecodeException | ClassCastException | DateTimeParseException e) {
      throw damaged();
    }
  }

  private static UnreadableException damaged() {
    return new UnreadableException("what is said of a notice is damaged");
  }

  private static Notice of(String id, JsonObject json) {
    if (member(json.getInteger("v")) != FORMAT) {
      throw new IllegalStateException("a notice is stored in a format that this release lacks");
    }
    return new Notice(
        id,
        text(json, "receiver"),
        Event.of(text(json, "event")),
        new SubjectLife(text(json, "pseudonym"), member(json.getLong("life"))),
        text(json, "act"),
        Instant.parse(text(json, "at")));
  }

  private static String text(JsonObject json, String name) {
    return member(json.getString(name));
  }

  private static <T> T member(@Nullable T value) {
    return Optional.ofNullable(value).orElseThrow(Notice::damaged);
  }
}
