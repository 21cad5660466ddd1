package dev.lethe.vault.api;

import java.util.Map;

/**
 * Whom the keys of an epoch could open, for a notification of a breach (GDPR, articles 33 and 34).
 * Counted on the safe side: when a life began is known by its epoch only.
 *
 * @param people who stood under the epoch and live, or are kept for a legal hold: a life each
 * @param fields of how many of them each field could be opened
 * @param erased people who were erased since; what an old copy of the store held of them
 */
public record Exposure(long people, Map<Field, Long> fields, long erased) {
  public Exposure {
    fields = Map.copyOf(fields);
  }
}
