package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/**
 * An erasure and the stages that it has reached.
 *
 * @param held whether it waits for the end of a legal hold, to which the data is still accessible
 */
public record Erasure(
    String erasureId,
    boolean held,
    Stage inaccessible,
    Optional<Stage> purged,
    Unrecoverable unrecoverable) {
  /** A stage that is reached, with its receipt as compact JWS. */
  public record Stage(Instant at, String receipt) {}

  /**
   * @param by the instant promised in the first receipt; after a legal hold in that of {@code
   *     purged}; empty while nothing can be promised
   * @param reached once the epoch is destroyed
   */
  public record Unrecoverable(Optional<Instant> by, Optional<Stage> reached) {}
}
