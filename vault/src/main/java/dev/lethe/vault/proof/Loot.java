package dev.lethe.vault.proof;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.SubjectLife;
import java.util.Optional;

/**
 * Something that opened.
 *
 * @param subject whose it is; empty when it opens, but fits nobody who is known
 * @param what a field by its name, {@link #GRANT}, {@link #NOTICE} or {@link #ACCESS_LOG}
 * @param purpose whose epoch key led to it
 * @param epoch whose key led to it
 * @param source where it was found
 * @param place the word in front of it: the hash field, if it stood in a hash
 * @param text what it says
 */
public record Loot(
    Optional<SubjectLife> subject,
    String what,
    Purpose purpose,
    int epoch,
    Source source,
    String place,
    byte[] text) {
  /** A set of keys. */
  public static final String GRANT = "grant";

  /** Whom a notice names that waits to be sent. */
  public static final String NOTICE = "notice";

  /** A part of the access log. */
  public static final String ACCESS_LOG = "access-log";

  @Override
  public String toString() {
    return "Loot[" + what + ", epoch=" + epoch + "]";
  }
}
