package dev.lethe.vault.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A part of the erasures, in the order in which they were asked for. Names nobody but by pseudonym.
 *
 * @param next what to give as {@code after} for the next page; empty at the end. A page may hold
 *     fewer than were asked for, or none, and still have a next one
 */
public record ErasurePage(List<Entry> entries, OptionalLong next) {
  public ErasurePage {
    entries = List.copyOf(entries);
  }

  /** Which erasures. */
  public enum State {
    /** A stage is still ahead of them. */
    PENDING,
    /** A stage is ahead of them that they should have reached. */
    LATE,
    ALL
  }

  /**
   * One erasure.
   *
   * @param held whether it waits for the end of a legal hold
   * @param late the stages that it should have reached and has not
   */
  public record Entry(
      String erasureId,
      String pseudonym,
      Instant requestedAt,
      boolean held,
      Step inaccessible,
      Step purged,
      Step unrecoverable,
      Set<ErasureStage> late) {
    public Entry {
      late = Set.copyOf(late);
    }
  }

  /**
   * A stage.
   *
   * @param by when it is to be reached; empty while that is not known
   * @param at when it was reached
   */
  public record Step(Optional<Instant> by, Optional<Instant> at) {}
}
