package dev.lethe.vault.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens sealed texts one after another with one cipher: making one costs as much as opening a text.
 * It is for the texts of one person, read in one go, and nobody keeps it: a cipher keeps its last
 * key, however long ago that was.
 */
public final class Opener {
  private final Cipher cipher = Aead.newCipher();

  /**
   * Opens what {@link Aead#seal} made.
   *
   * @param offset length of the header
   * @throws UnreadableException when it does not open
   */
  byte[] open(KeyBytes key, byte[] sealed, int offset, byte[] associatedData) {
    if (sealed.length < offset + Aead.OVERHEAD) {
      throw new UnreadableException("sealed text is too short");
    }
    return key.export(
        bytes -> {
          try {
            cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(bytes, "AES"),
                new GCMParameterSpec(Aead.TAG_BYTES * 8, sealed, offset, Aead.NONCE_BYTES));
            cipher.updateAAD(associatedData);
            return cipher.doFinal(
                sealed, offset + Aead.NONCE_BYTES, sealed.length - offset - Aead.NONCE_BYTES);
          } catch (GeneralSecurityException e) {
            throw new UnreadableException("sealed text does not open");
          }
        });
  }
}
