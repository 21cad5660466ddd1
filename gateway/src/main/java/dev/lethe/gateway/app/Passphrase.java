package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import dev.lethe.vault.keys.KeystoreAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the passphrase of the keystore. */
final class Passphrase {
  private static final int OWN_BYTES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Passphrase.class);

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private Passphrase() {}

  /**
   * Reads the passphrase; one of our own is made with a new keystore and kept beside it, where it
   * protects no more than the folder's permissions do. A file that others may read is warned of and
   * taken all the same, because that is how container platforms mount secrets.
   *
   * <p>It counts as random only where it is made, which is where the keystore is made, too.
   * Whatever lay there before may come from a person, and no form tells: the hash of a word looks
   * the same.
   *
   * @throws FailedException when it cannot be read or made, or is missing beside a keystore that
   *     exists
   */
  static KeystoreAccess.Passphrase of(Config.Keystore keystore) {
    if (keystore.secret() instanceof PassphraseSource.Given given) {
      return new KeystoreAccess.Passphrase(given.passphrase());
    }
    return keystore.secret() instanceof PassphraseSource.InFile file
        ? new KeystoreAccess.Passphrase(read(file.path()))
        : own(keystore);
  }

  /** Where one of our own is kept. */
  static Path beside(Path folder) {
    return folder.resolve("passphrase");
  }

  private static KeystoreAccess.Passphrase own(Config.Keystore keystore) {
    Path folder = keystore.path();
    Path file = beside(folder);
    OwnerOnly.folder(folder);
    if (Files.exists(file)) {
      return new KeystoreAccess.Passphrase(read(file));
    }
    if (OpenedKeystore.place(keystore).exists()) {
      throw new FailedException(
          "passphrase file "
              + file
              + " is missing, but there is a keystore beside it: put the file back, or give the passphrase with"
              + " LETHE_KEYSTORE_PASSPHRASE or --keystore-passphrase-file");
    }
    var made = make(file);
    // Somebody else may have put theirs there meanwhile.
    var there = read(file);
    return new KeystoreAccess.Passphrase(there, there.equals(made));
  }

  private static String make(Path file) {
    var bytes = new byte[OWN_BYTES];
    new SecureRandom().nextBytes(bytes);
    var text = HexFormat.of().formatHex(bytes);
    try {
      OwnerOnly.write(file, text + "\n");
    } catch (IOException e) {
      throw new FailedException("passphrase " + file + " cannot be made", e);
    }
    return text;
  }

  /**
   * The first line of a file.
   *
   * @throws FailedException when there is none
   */
  static String read(Path file) {
    return read("passphrase", file);
  }

  /** The same of another secret, called by this word. */
  static String read(String what, Path file) {
    try {
      String secret = Files.readString(file).lines().findFirst().orElse("");
      if (secret.isEmpty()) {
        throw new FailedException(
            what + " file " + file + " is empty: its first line must be the " + what);
      }
      warnIfOpen(what, file);
      return secret;
    } catch (IOException e) {
      throw new FailedException(
          what + " file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static void warnIfOpen(String what, Path file) throws IOException {
    var permissions = Files.getPosixFilePermissions(file);
    if (!Collections.disjoint(permissions, OTHERS)) {
      LOG.warn(
          "{} file {} is open to others ({}): chmod 600 it",
          what,
          file,
          PosixFilePermissions.toString(permissions));
    }
  }
}
