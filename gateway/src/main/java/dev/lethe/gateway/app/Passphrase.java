package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the passphrase of the keystore. */
final class Passphrase {
  private static final int OWN_BYTES = 32;
  private static final Pattern OWN = Pattern.compile("[0-9a-f]{" + 2 * OWN_BYTES + "}");

  private static final Logger LOG = LoggerFactory.getLogger(Passphrase.class);

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private Passphrase() {}

  /**
   * Reads the passphrase; one of our own is made with a new keystore and kept beside it, where it
   * protects no more than the folder's permissions do. A file that others may read is warned of and
   * taken all the same, because that is how container platforms mount secrets.
   *
   * @throws FailedException when it cannot be read or made, or is missing beside a keystore that
   *     exists
   */
  static String of(Config.Keystore keystore) {
    if (keystore.secret() instanceof PassphraseSource.Given given) {
      return given.passphrase();
    }
    return keystore.secret() instanceof PassphraseSource.InFile file
        ? read(file.path())
        : own(keystore);
  }

  /**
   * Whether it is one of our own making and thus random. One that somebody put there themselves
   * looks otherwise.
   */
  static boolean ownIs(String passphrase, Config.Keystore keystore) {
    return keystore.secret() instanceof PassphraseSource.Own && OWN.matcher(passphrase).matches();
  }

  /** Where one of our own is kept. */
  static Path beside(Path folder) {
    return folder.resolve("passphrase");
  }

  private static String own(Config.Keystore keystore) {
    Path folder = keystore.path();
    Path file = beside(folder);
    OwnerOnly.folder(folder);
    if (!Files.exists(file)) {
      if (OpenedKeystore.place(keystore).exists()) {
        throw new FailedException(
            "passphrase file "
                + file
                + " is missing, but there is a keystore beside it: put the file back, or give the passphrase with"
                + " LETHE_KEYSTORE_PASSPHRASE or --keystore-passphrase-file");
      }
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
