package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import java.security.SecureRandom;
import java.time.Clock;

/** Opens a keystore for commands that must not make one. */
final class OpenedKeystore {
  private OpenedKeystore() {}

  /**
   * Opens the keystore of a folder.
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
