package dev.lethe.vault.keys;

import java.time.Instant;
import java.util.Optional;

/** The public facts of an epoch. */
public record EpochInfo(
    int number, EpochState state, Instant createdAt, Optional<Instant> destroyedAt) {
  EpochInfo in(EpochState next) {
    return new EpochInfo(number, next, createdAt, destroyedAt);
  }

  EpochInfo destroyed(Instant at) {
    return new EpochInfo(number, EpochState.DESTROYED, createdAt, Optional.of(at));
  }
}
