package dev.lethe.vault.keys;

import dev.lethe.vault.crypto.KeyBytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;

/**
 * A PKCS#11 token that somebody is logged in to, by the JDK's provider. It holds AES-256 keys by
 * name, which seal and open inside it and never come out. Everything blocks, asks the token itself
 * and fails with {@link KeystoreException}.
 *
 * <p>After the session is lost nobody logs in again: that takes a restart.
 */
final class Token {
  private static final int KEY_BITS = 256;

  private final TokenSlot slot;
  private final Provider provider;

  private Token(TokenSlot slot, Provider provider) {
    this.slot = slot;
    this.provider = provider;
  }

  /** Finds the token and logs in, trying the PIN once. */
  static Token open(KeystoreAccess.Token access, RefusedPin refused) {
    var slot = TokenSlot.find(access.library(), access.choice());
    refused.requireOther(slot, access.pin());
    slot.requireTries();
    try {
      var provider = slot.provider();
      KeyStore.getInstance("PKCS11", provider).load(null, access.pin().toCharArray());
      refused.forget();
      return new Token(slot, provider);
    } catch (IOException | GeneralSecurityException | ProviderException e) {
      if (TokenFailure.isRefusedPin(e)) {
        refused.remember(slot, access.pin());
      }
      throw TokenFailure.ofLogin(slot, e);
    }
  }

  /** Names of the keys that it holds now. */
  Set<String> names() {
    return asked(() -> Set.copyOf(Collections.list(objects().aliases())));
  }

  Optional<SecretKey> key(String name) {
    return asked(() -> Optional.ofNullable(objects().getKey(name, null)))
        .map(SecretKey.class::cast);
  }

  /** A fresh key that ends with the session, unless it is {@linkplain #keep kept}. */
  SecretKey generate() {
    return asked(
        () -> {
          var generator = KeyGenerator.getInstance("AES", provider);
          generator.init(KEY_BITS);
          return requireInside(generator.generateKey());
        });
  }

  /** Keeps a key under a name that it holds no other under; answers the one that was kept. */
  SecretKey keep(String name, SecretKey key) {
    asked(
        () -> {
          objects().setKeyEntry(name, key, null, null);
          return true;
        });
    var kept =
        key(name)
            .orElseThrow(
                () -> new KeystoreException("the " + slot + " does not show a key made in it"));
    var nothing = new byte[0];
    asked(() -> open(kept, nothing, seal(key, nothing, new byte[1])));
    return requireInside(kept);
  }

  /**
   * Destroys a key; returns when the token shows it no more and its handle opens nothing.
   *
   * @param witness a key that stays: a token that went away shows and opens nothing either
   */
  void destroy(String name, String witness) {
    var key = key(name);
    remove(name);
    if (names().contains(name) || key.filter(this::works).isPresent()) {
      throw new KeystoreException(
          "the " + slot + " still holds the key " + name + " after it was told to destroy it");
    }
    if (key(witness).filter(this::works).isEmpty()) {
      throw new KeystoreException(
          "the " + slot + " went away while it destroyed a key: attach it, and restart");
    }
  }

  /** Removes a key that nothing was ever wrapped by. */
  void remove(String name) {
    asked(
        () -> {
          objects().deleteEntry(name);
          return true;
        });
  }

  /** Whether a key seals and opens. */
  boolean works(SecretKey key) {
    var nothing = new byte[0];
    try {
      open(key, nothing, seal(key, nothing, new byte[1]));
      return true;
    } catch (GeneralSecurityException | ProviderException e) {
      return false;
    }
  }

  /** Seals the bytes of a key inside the token. */
  byte[] wrap(SecretKey by, byte[] bound, KeyBytes key) {
    return key.export(bytes -> asked(() -> seal(by, bound, bytes)));
  }

  /** Opens what was wrapped; fails when it was not by this key, or was bound to something else. */
  KeyBytes unwrap(SecretKey by, byte[] bound, byte[] box) throws GeneralSecurityException {
    var bytes = open(by, bound, box);
    try {
      return KeyBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private byte[] seal(SecretKey key, byte[] bound, byte[] plaintext)
      throws GeneralSecurityException {
    return Gcm.seal(Cipher.getInstance(Gcm.ALGORITHM, provider), key, bound, plaintext);
  }

  private byte[] open(SecretKey key, byte[] bound, byte[] box) throws GeneralSecurityException {
    return Gcm.open(Cipher.getInstance(Gcm.ALGORITHM, provider), key, bound, box);
  }

  private SecretKey requireInside(SecretKey key) {
    if (comesOut(key)) {
      throw new KeystoreException(
          "the " + slot + " hands out the keys that it holds: it protects nothing");
    }
    return key;
  }

  @SuppressWarnings("NullAway") // both are null for a key that stays inside
  private static boolean comesOut(Key key) {
    return key.getEncoded() != null || key.getFormat() != null;
  }

  /** Read anew each time: what the provider remembers is no proof of what the token holds. */
  private KeyStore objects() throws IOException, GeneralSecurityException {
    var objects = KeyStore.getInstance("PKCS11", provider);
    objects.load(null, null);
    return objects;
  }

  private <T> T asked(Callable<T> act) {
    try {
      return act.call();
    } catch (Exception e) {
      throw TokenFailure.of(slot, e);
    }
  }

  @Override
  public String toString() {
    return slot.toString();
  }
}
