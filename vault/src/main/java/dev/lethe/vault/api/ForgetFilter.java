package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/**
 * Which part of a field to forget; absent filters do not narrow.
 *
 * @param from inclusive
 * @param to exclusive
 * @param item one title, on history only
 */
public record ForgetFilter(Optional<Instant> from, Optional<Instant> to, Optional<String> item) {
  /** The whole field. */
  public static final ForgetFilter EVERYTHING =
      new ForgetFilter(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether the filter picks the event. */
  public boolean matches(Event event) {
    return from.map(bound -> !event.at().isBefore(bound)).orElse(true)
        && to.map(bound -> event.at().isBefore(bound)).orElse(true)
        && item.map(id -> event instanceof Event.Watched watched && watched.item().equals(id))
            .orElse(true);
  }

  @Override
  public String toString() {
    return "ForgetFilter[hidden]";
  }
}
