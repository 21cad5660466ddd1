package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.KeystorePlace;
import java.security.SecureRandom;
import java.time.Clock;

/** Finds a keystore, and opens it for commands that must not make or change one. */
final class OpenedKeystore {
  private OpenedKeystore() {}

  /** Where it lies. */
  static KeystorePlace place(Config.Keystore keystore) {
    return new KeystorePlace(keystore.path(), keystore.mirrors());
  }

  /**
   * Opens the keystore of a folder. Mirrors are left alone: an instance may run, or an old copy be
   * tried.
   *
   * @throws FailedException when there is none
   */
  static Keystore existing(Config.Keystore keystore, Clock clock) {
    if (!Keystore.existsIn(keystore.path())) {
      throw new FailedException("no keystore in " + keystore.path());
    }
    return Keystore.open(
        keystore.path(),
        Passphrase.of(keystore).toCharArray(),
        clock,
        new SecureRandom(),
        ReceiptSigner::newKey);
  }
}
