package dev.lethe.vault.api;

import java.time.Duration;

/**
 * How long events are kept.
 *
 * @param maxEvents per event field; beyond it the oldest go
 * @param maxAge counted from an event's own time
 */
public record RetentionRule(int maxEvents, Duration maxAge) {
  /** Everything that is stored. */
  public static final RetentionRule EVERYTHING =
      new RetentionRule(Integer.MAX_VALUE, Duration.ofDays(365_000));
}
