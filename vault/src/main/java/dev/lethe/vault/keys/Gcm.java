package dev.lethe.vault.keys;

import dev.lethe.vault.crypto.KeyBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D), by whichever provider: a random nonce of 96 bits, then the rest.
 */
final class Gcm {
  static final String ALGORITHM = "AES/GCM/NoPadding";

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Gcm() {}

  static byte[] seal(KeyBytes key, byte[] bound, byte[] plaintext) throws GeneralSecurityException {
    return seal(Cipher.getInstance(ALGORITHM), aes(key), bound, plaintext);
  }

  static byte[] open(KeyBytes key, byte[] bound, byte[] box) throws GeneralSecurityException {
    return open(Cipher.getInstance(ALGORITHM), aes(key), bound, box);
  }

  private static SecretKey aes(KeyBytes key) {
    return key.export(bytes -> new SecretKeySpec(bytes, "AES"));
  }

  static byte[] seal(Cipher cipher, Key key, byte[] bound, byte[] plaintext)
      throws GeneralSecurityException {
    var nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    var sealed = cipher.doFinal(plaintext);
    return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
  }

  static byte[] open(Cipher cipher, Key key, byte[] bound, byte[] box)
      throws GeneralSecurityException {
    if (box.length < NONCE) {
      throw new AEADBadTagException("too short");
    }
    var nonce = Arrays.copyOf(box, NONCE);
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bound);
    return cipher.doFinal(box, NONCE, box.length - NONCE);
  }
}
