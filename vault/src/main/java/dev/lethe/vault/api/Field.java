package dev.lethe.vault.api;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A part of a profile that is consented to, disclosed and forgotten as one. Declared in the order
 * of the interface.
 */
public enum Field {
  HISTORY("history", true),
  SEARCHES("searches", true),
  DEMOGRAPHICS("demographics", false),
  PREFERENCES("preferences", false);

  private static final Map<String, Field> BY_WIRE_NAME =
      Stream.of(values()).collect(toUnmodifiableMap(Field::wireName, identity()));

  private final String wireName;
  private final boolean holdsEvents;

  Field(String wireName, boolean holdsEvents) {
    this.wireName = wireName;
    this.holdsEvents = holdsEvents;
  }

  /** The name in the HTTP interface, in Redis and in associated data. */
  public String wireName() {
    return wireName;
  }

  /** Whether the field grows by events; otherwise it is one document. */
  public boolean holdsEvents() {
    return holdsEvents;
  }

  public static Optional<Field> ofWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }
}
