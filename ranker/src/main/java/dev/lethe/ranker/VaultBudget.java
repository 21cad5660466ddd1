package dev.lethe.ranker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What the vault may take of a request's time.
 *
 * @param budget of each question
 */
record VaultBudget(Clock clock, Duration budget) {
  /** What is kept of a deadline to score and reply. */
  private static final Duration RESERVE = Duration.ofMillis(20);

  /** When an answer of the vault is too late for a request. */
  Instant within(Instant deadline) {
    var latest = deadline.minus(RESERVE);
    var wanted = clock.instant().plus(budget);
    return wanted.isBefore(latest) ? wanted : latest;
  }
}
