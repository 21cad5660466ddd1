package dev.lethe.vault.profile;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.crypto.Sealer;

/**
 * What the {@code self} grant says of a stored segment or document; anything that it does not list
 * is not the person's data.
 *
 * @param number never used twice in a life; a later arrival has a higher one
 * @param keyId of the field key that seals it
 * @param events how many it holds; 1 for a document
 */
public record Segment(Field field, long number, int keyId, int period, int events) {
  /** The name of the hash field that holds the blob. */
  public String hashField() {
    return Sealer.segmentField(field, number);
  }
}
