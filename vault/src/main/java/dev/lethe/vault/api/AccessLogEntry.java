package dev.lethe.vault.api;

import java.time.LocalDate;
import java.util.Set;

/**
 * How often somebody read what, on one day (UTC).
 *
 * @param reader {@code ranker}, {@code trainer}, {@code owner} or {@code admin}
 * @param outcome {@code disclosed} or {@code refused}
 */
public record AccessLogEntry(
    LocalDate day, String reader, Purpose purpose, Set<Field> fields, String outcome, long count) {}
