package dev.lethe.vault.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An erasure and the stages that it has reached.
 *
 * @param held whether it waits for the end of a legal hold, to which the data is still accessible
 * @param modelBy when nothing served is promised to be learned from the person any more; empty when
 *     nothing was at that time
 * @param notices how those whom others are sent of it stand
 */
public record Erasure(
    String erasureId,
    boolean held,
    Stage inaccessible,
    Optional<Stage> purged,
    Unrecoverable unrecoverable,
    Optional<Instant> modelBy,
    List<NoticeState> notices) {
  public Erasure {
    notices = List.copyOf(notices);
  }

  /** One that nobody is told of, of somebody whom nothing was learned from. */
  public Erasure(
      String erasureId,
      boolean held,
      Stage inaccessible,
      Optional<Stage> purged,
      Unrecoverable unrecoverable) {
    this(erasureId, held, inaccessible, purged, unrecoverable, Optional.empty(), List.of());
  }

  /** The same with these notices. */
  public Erasure with(List<NoticeState> states) {
    return new Erasure(erasureId, held, inaccessible, purged, unrecoverable, modelBy, states);
  }

  /** A stage that is reached, with its receipt as compact JWS. */
  public record Stage(Instant at, String receipt) {}

  /**
   * @param by the instant promised in the first receipt; after a legal hold in that of {@code
   *     purged}; empty while nothing can be promised
   * @param reached once the epoch is destroyed
   */
  public record Unrecoverable(Optional<Instant> by, Optional<Stage> reached) {}
}
