package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.KeystoreAccess;
import dev.lethe.vault.keys.KeystorePlace;
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
    if (!KeystorePlace.in(keystore.path()).exists()) {
      throw new FailedException("no keystore in " + keystore.path());
    }
    return Keystore.openExisting(keystore.path(), access(keystore), clock);
  }

  /** What opens it; blocks, because a passphrase or PIN is read. */
  static KeystoreAccess access(Config.Keystore keystore) {
    if (keystore.secret() instanceof Config.Pkcs11 token) {
      return new KeystoreAccess.Token(token.library(), choice(token.token()), pin(token.pin()));
    }
    place(keystore).refuseWrapped();
    return Passphrase.of(keystore);
  }

  private static KeystoreAccess.TokenChoice choice(Config.TokenChoice token) {
    return token instanceof Config.TokenChoice.Labelled labelled
        ? new KeystoreAccess.TokenChoice.Labelled(labelled.label())
        : new KeystoreAccess.TokenChoice.InSlot(((Config.TokenChoice.InSlot) token).slot());
  }

  private static String pin(Config.PinSource pin) {
    return pin instanceof Config.PinSource.Given given
        ? given.pin()
        : Passphrase.read("PIN", ((Config.PinSource.InFile) pin).path());
  }
}
