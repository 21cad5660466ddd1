package dev.lethe.vault.api;

import java.time.Instant;
import java.util.OptionalDouble;

/** One entry of an event field. Times have milliseconds. */
public sealed interface Event {
  /** When it happened, UTC, whole milliseconds. */
  Instant at();

  /** The field that holds such events. */
  Field field();

  /**
   * A title watched.
   *
   * @param item id of the title
   * @param progress share watched, 0..1
   * @param rating 0.5..5
   */
  record Watched(String item, Instant at, OptionalDouble progress, OptionalDouble rating)
      implements Event {
    @Override
    public Field field() {
      return Field.HISTORY;
    }

    @Override
    public String toString() {
      return "Watched[hidden]";
    }
  }

  /**
   * A search made.
   *
   * @param query 1..200 characters
   */
  record Searched(String query, Instant at) implements Event {
    @Override
    public Field field() {
      return Field.SEARCHES;
    }

    @Override
    public String toString() {
      return "Searched[hidden]";
    }
  }
}
