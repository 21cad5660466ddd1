package dev.lethe.vault.profile;

import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.RetentionRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Which events count: those younger than the rule's age, and of them the newest. */
final class Retention {
  private static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(Event::at).reversed();

  private Retention() {}

  /** The oldest instant that is kept. */
  static Instant cutoff(RetentionRule rule, Instant now) {
    return now.minus(rule.maxAge());
  }

  /**
   * The events that count, newest first, ties latest arrival first.
   *
   * @param arrived in order of arrival
   */
  static <E extends Event> List<E> apply(RetentionRule rule, Instant now, List<E> arrived) {
    var cutoff = cutoff(rule, now);
    var events = new ArrayList<E>(arrived.size());
    for (var event : arrived) {
      if (!event.at().isBefore(cutoff)) {
        events.add(event);
      }
    }
    Collections.reverse(events);
    events.sort(NEWEST_FIRST);
    return List.copyOf(events.subList(0, Math.min(events.size(), rule.maxEvents())));
  }
}
