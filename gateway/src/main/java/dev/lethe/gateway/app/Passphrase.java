package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Finds the passphrase of the keystore. */
final class Passphrase {
  private static final int OWN_BYTES = 32;

  private Passphrase() {}

  /**
   * Reads the passphrase; one of our own is made the first time and kept beside the keystore, where
   * it protects no more than the folder's permissions do.
   *
   * @throws FailedException when it cannot be read or made
   */
  static String of(Config.Keystore keystore) {
    PassphraseSource source = keystore.passphrase();
    if (source instanceof PassphraseSource.Given given) {
      return given.passphrase();
    }
    return source instanceof PassphraseSource.InFile file
        ? read(file.path())
        : own(keystore.path());
  }

  private static String own(Path folder) {
    Path file = folder.resolve("passphrase");
    OwnerOnly.folder(folder);
    if (!Files.exists(file)) {
      var bytes = new byte[OWN_BYTES];
      new SecureRandom().nextBytes(bytes);
      try {
        OwnerOnly.write(file, HexFormat.of().formatHex(bytes) + "\n");
      } catch (IOException e) {
        throw new FailedException("passphrase " + file + " cannot be made", e);
      }
    }
    return read(file);
  }

  private static String read(Path file) {
    try {
      String passphrase = Files.readString(file).lines().findFirst().orElse("");
      if (passphrase.isEmpty()) {
        throw new FailedException("passphrase file " + file + " is empty");
      }
      return passphrase;
    } catch (IOException e) {
      throw new FailedException("passphrase file " + file + " cannot be read", e);
    }
  }
}
