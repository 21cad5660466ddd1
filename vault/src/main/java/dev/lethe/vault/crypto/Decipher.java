package dev.lethe.vault.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads sealed texts as a thief does, who has a key and does not care whether a text is genuine or
 * stands where it belongs. Beneath its tag GCM is AES in counter mode (NIST SP 800-38D, section
 * 7.1): nothing but the key is needed. The wrong key gives noise. For attacking copies of a store,
 * never for serving.
 */
public final class Decipher {
  private static final String TRANSFORMATION = "AES/CTR/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int BLOCK_BYTES = 16;

  /** The counter of the first block of text; 1 is that of the tag. */
  private static final int FIRST_COUNTER = 2;

  private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Decipher::newCipher);

  private Decipher() {}

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance(TRANSFORMATION);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + TRANSFORMATION, e);
    }
  }

  /**
   * The beginning of the text of a grant; empty when the bytes are too short for one.
   *
   * @param most how many bytes of it at most
   */
  public static Optional<byte[]> grant(KeyBytes epochKey, byte[] bytes, int most) {
    return text(epochKey, bytes, Sealer.GRANT_HEADER, most);
  }

  /** The text of a segment or document; empty when the bytes are too short for one. */
  public static Optional<byte[]> segment(FieldKey key, byte[] bytes) {
    return text(key.key(), bytes, Sealer.SEGMENT_HEADER, Integer.MAX_VALUE);
  }

  /**
   * The beginning of the text of a notice that waits; empty when the bytes are too short for one.
   *
   * @param most how many bytes of it at most
   */
  public static Optional<byte[]> notice(KeyBytes epochKey, byte[] bytes, int most) {
    return text(epochKey, bytes, Sealer.NOTICE_HEADER, most);
  }

  /** The id of the field key that a segment or document would say it is sealed under. */
  public static OptionalInt segmentKeyId(byte[] bytes) {
    return bytes.length < Sealer.SEGMENT_HEADER + Aead.OVERHEAD
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(bytes).getInt(1));
  }

  private static Optional<byte[]> text(KeyBytes key, byte[] bytes, int header, int most) {
    int length = Math.min(most, bytes.length - header - Aead.OVERHEAD);
    if (length <= 0) {
      return Optional.empty();
    }
    var counter =
        ByteBuffer.allocate(BLOCK_BYTES)
            .put(bytes, header, NONCE_BYTES)
            .putInt(FIRST_COUNTER)
            .array();
    return Optional.of(
        key.export(
            raw -> {
              try {
                var cipher = CIPHER.get();
                cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(raw, "AES"),
                    new IvParameterSpec(counter));
                int from = header + NONCE_BYTES;
                return cipher.doFinal(Arrays.copyOfRange(bytes, from, from + length));
              } catch (GeneralSecurityException e) {
                throw new IllegalStateException("deciphering failed", e);
              }
            }));
  }
}
