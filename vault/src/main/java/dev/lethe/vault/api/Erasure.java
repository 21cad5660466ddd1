package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/** An erasure and the stages that it has reached. */
public record Erasure(
    String erasureId, Stage inaccessible, Optional<Stage> purged, Unrecoverable unrecoverable) {
  /** A stage that is reached, with its receipt as compact JWS. */
  public record Stage(Instant at, String receipt) {}

  /**
   * @param by the instant promised in the first receipt
   * @param reached once the epoch is destroyed
   */
  public record Unrecoverable(Instant by, Optional<Stage> reached) {}
}
