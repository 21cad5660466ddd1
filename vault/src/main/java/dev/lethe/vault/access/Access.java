package dev.lethe.vault.access;

import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.time.LocalDate;
import java.util.Set;

/** One kind of reading on one day; readings of the same kind are counted together. */
public record Access(
    LocalDate day, String reader, Purpose purpose, Set<Field> fields, Outcome outcome) {
  /** What became of it. */
  public enum Outcome {
    DISCLOSED("disclosed"),
    REFUSED("refused");

    private final String wireName;

    Outcome(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  AccessLogEntry times(long count) {
    return new AccessLogEntry(day, reader, purpose, fields, outcome.wireName(), count);
  }
}
