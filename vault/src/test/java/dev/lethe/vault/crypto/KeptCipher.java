package dev.lethe.vault.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A cipher that somebody keeps, and with it the schedule of its key. */
public final class KeptCipher {
  private final Cipher cipher;

  public KeptCipher(byte[] key) throws GeneralSecurityException {
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(128, new byte[12]));
  }

  public boolean isKept() {
    return !cipher.getAlgorithm().isEmpty();
  }
}
