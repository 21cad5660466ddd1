package dev.lethe.vault.crypto;

import dev.lethe.vault.api.Field;

/**
 * A key of one subject and one field. Random, not derived: a derived key cannot be destroyed alone.
 *
 * @param id unique among the keys of the subject; stands in clear in front of what the key seals
 * @param field whose segments or document it seals
 * @param period the calendar quarter of the events it seals, see {@code Quarter}; 0 for a document
 */
public record FieldKey(int id, Field field, int period, KeyBytes key) {}
