package dev.lethe.vault.profile;

import dev.lethe.vault.crypto.SubjectLife;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A person as stored, or as to be stored.
 *
 * @param version counts the changes of a subject over all lives
 * @param epoch that all grants are sealed under
 * @param blobs by name of the hash field
 */
public record SealedSubject(
    SubjectLife subject, long version, int epoch, Map<String, byte[]> blobs) {
  /** The hash field that says in clear what the {@code self} grant says sealed. */
  static final String SEEN = "seen";

  /**
   * Number of the last entry of the ledger that what is stored has seen, as it says in clear; to be
   * trusted once the {@code self} grant is open. Empty when it says none, as before the third
   * format of that grant.
   */
  public OptionalLong seen() {
    var text = blobs.get(SEEN);
    try {
      return text == null
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(new String(text, StandardCharsets.US_ASCII)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // which is not what is sealed, and so is refused
    }
  }

  static byte[] seen(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return "SealedSubject[hidden]";
  }
}
