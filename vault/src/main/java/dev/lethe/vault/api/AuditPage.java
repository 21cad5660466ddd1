package dev.lethe.vault.api;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A part of the audit log, oldest first.
 *
 * @param next what to give as {@code after} for the next page; empty at the end
 */
public record AuditPage(List<Entry> entries, OptionalLong next) {
  /** One entry; viewers are pseudonyms, the acting administrator is in clear. */
  public record Entry(
      long seq,
      Instant at,
      String actor,
      String action,
      String target,
      String outcome,
      String hash) {}
}
