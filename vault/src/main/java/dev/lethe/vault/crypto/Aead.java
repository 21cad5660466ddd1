package dev.lethe.vault.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce from the JDK, whose engine uses the
 * processor's instructions. A sealed text is nonce (12 bytes), ciphertext, tag (16 bytes). One key
 * must not seal more than 2^32 texts; field keys seal thousands, epoch keys live a day.
 */
final class Aead {
  /**
   * AES-256-GCM by its object identifier (NIST, id-aes256-GCM): for each cipher asked for as
   * "AES/GCM/NoPadding" the JDK goes through all that this could be put together from.
   */
  private static final String TRANSFORMATION = "2.16.840.1.101.3.4.1.46";

  /** Looked up once: a search through all providers costs more than sealing a grant. */
  private static final Provider PROVIDER = provider();

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  /** What sealing adds to the length of a text. */
  static final int OVERHEAD = NONCE_BYTES + TAG_BYTES;

  private Aead() {}

  private static Provider provider() {
    try {
      return Cipher.getInstance(TRANSFORMATION).getProvider();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + TRANSFORMATION, e);
    }
  }

  /** None is kept between people: a cipher keeps its last key, however long ago that was. */
  static Cipher newCipher() {
    try {
      return Cipher.getInstance(TRANSFORMATION, PROVIDER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + TRANSFORMATION, e);
    }
  }

  /** Seals a text behind a header that is stored in clear and is not authenticated by itself. */
  static byte[] seal(
      KeyBytes key, byte[] header, byte[] plaintext, byte[] associatedData, SecureRandom random) {
    var nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    int start = header.length + NONCE_BYTES;
    var sealed = Arrays.copyOf(header, header.length + plaintext.length + OVERHEAD);
    System.arraycopy(nonce, 0, sealed, header.length, NONCE_BYTES);
    return key.export(
        bytes -> {
          try {
            var cipher = newCipher();
            cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(bytes, "AES"),
                new GCMParameterSpec(TAG_BYTES * 8, nonce));
            cipher.updateAAD(associatedData);
            cipher.doFinal(plaintext, 0, plaintext.length, sealed, start);
            return sealed;
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
          }
        });
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @param offset length of the header
   * @throws UnreadableException when it does not open
   */
  static byte[] open(KeyBytes key, byte[] sealed, int offset, byte[] associatedData) {
    return new Opener().open(key, sealed, offset, associatedData);
  }
}
