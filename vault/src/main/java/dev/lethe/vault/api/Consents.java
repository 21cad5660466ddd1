package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person has agreed to.
 *
 * @param version of the record; 0 when nothing was ever decided
 * @param purposes one decision per purpose that viewers decide about, never missing one
 */
public record Consents(long version, Map<Purpose, Decision> purposes) {
  /**
   * @param fields that may be used, in declared order; empty when withheld or withdrawn
   * @param updatedAt of the latest decision; empty when there was none
   */
  public record Decision(Set<Field> fields, Optional<Instant> updatedAt) {
    /** Nothing was ever decided. */
    public static final Decision NONE = new Decision(Set.of(), Optional.empty());
  }
}
