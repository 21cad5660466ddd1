package dev.lethe.vault.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Function;
import javax.security.auth.Destroyable;

/**
 * The 32 bytes of a secret key. They can be zeroed, never print, compare in constant time, and come
 * out only inside this package and through {@link #export}, which the keystore alone uses.
 *
 * <p>Copying and destroying exclude each other, so nothing is ever sealed with a key that is half
 * zeroed.
 */
public final class KeyBytes implements Destroyable {
  /** Length of every key in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;
  private boolean destroyed;

  private KeyBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
    }
    this.bytes = bytes;
  }

  /** A fresh key. */
  public static KeyBytes random(SecureRandom random) {
    var bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new KeyBytes(bytes);
  }

  /** A key with a copy of these bytes; the caller wipes its own. */
  public static KeyBytes copyOf(byte[] bytes) {
    return new KeyBytes(bytes.clone());
  }

  /**
   * Lends a copy of the bytes to a function and wipes it afterwards. Many may use a key at once.
   *
   * @throws IllegalStateException when the key is destroyed
   */
  public <T> T export(Function<byte[], T> use) {
    var copy = copy();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  private synchronized byte[] copy() {
    if (destroyed) {
      throw new IllegalStateException("this key is destroyed");
    }
    return bytes.clone();
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(bytes, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyBytes key && MessageDigest.isEqual(bytes, key.bytes);
  }

  /** The same for every key: a hash of the bytes would say something about them. */
  @Override
  public int hashCode() {
    return LENGTH;
  }

  @Override
  public String toString() {
    return "KeyBytes[hidden]";
  }
}
