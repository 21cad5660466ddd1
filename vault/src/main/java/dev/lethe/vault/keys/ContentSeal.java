package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Makes the content of a keystore into bytes that tell nothing without a secret. A store first
 * seals, then writes all files, then settles; a start opens, checks, makes all files the same, then
 * settles.
 */
interface ContentSeal {
  /** Name of a file of such bytes. */
  String fileName();

  /** Sealed bytes for files that are written next. */
  byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException;

  /**
   * The content of sealed bytes.
   *
   * @param file where they were read, for the message
   * @throws KeystoreException when they do not open
   */
  KeystoreContent open(byte[] bytes, Path file);

  /**
   * Refuses content that is not the newest there was, where something besides the files can tell.
   *
   * @param file where it was read, for the message
   */
  default void requireNewest(KeystoreContent content, Path file) {}

  /**
   * Brings what stands outside the files to what all of them hold by now; can be repeated.
   *
   * @throws KeystoreException when it cannot be, or not be seen to be so
   */
  default void settle(KeystoreContent content) {}

  /** Takes back what was made for first files of which none came to be, as far as that goes. */
  default void abandon() {}

  /** Whether it could seal now. May ask another machine. */
  default boolean usable() {
    return true;
  }
}
