package dev.lethe.vault.profile;

import dev.lethe.vault.crypto.SubjectLife;
import java.util.Map;

/**
 * A person as stored, or as to be stored.
 *
 * @param version counts the changes of a subject over all lives
 * @param epoch that all grants are sealed under
 * @param blobs by name of the hash field
 */
public record SealedSubject(
    SubjectLife subject, long version, int epoch, Map<String, byte[]> blobs) {
  @Override
  public String toString() {
    return "SealedSubject[hidden]";
  }
}
