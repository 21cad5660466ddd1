package dev.lethe.vault.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The epochs that ever were, oldest first. */
public record Keys(int activeEpoch, List<Epoch> epochs, long erasuresPending) {
  /**
   * @param state {@code active}, {@code retiring} or {@code destroyed}
   * @param grants subjects whose grants stand under it
   */
  public record Epoch(
      int epoch, String state, Instant createdAt, Optional<Instant> destroyedAt, long grants) {}
}
