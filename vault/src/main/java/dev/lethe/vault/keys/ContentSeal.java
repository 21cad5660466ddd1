package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Makes the content of a keystore into bytes that tell nothing without a secret. */
interface ContentSeal {
  /** Name of a file of such bytes. */
  String fileName();

  byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException;

  /**
   * The content of sealed bytes.
   *
   * @param file where they were read, for the message
   * @throws KeystoreException when they do not open
   */
  KeystoreContent open(byte[] bytes, Path file);
}
