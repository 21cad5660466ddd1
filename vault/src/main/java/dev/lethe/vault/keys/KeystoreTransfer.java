package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * What is done with a whole keystore from outside, where no instance changes it meanwhile.
 * Everything blocks, and fails with {@link KeystoreException} in one line.
 */
public final class KeystoreTransfer {
  private KeystoreTransfer() {}

  /** Seals every copy under another passphrase. Older copies elsewhere still open with the old. */
  public static void changePassphrase(KeystorePlace place, char[] old, char[] fresh) {
    var content = new KeystoreFile(place, new BcfksSeal(old), Disk.REAL).load();
    var store = new KeystoreFile(place, new BcfksSeal(fresh), Disk.REAL);
    store.store(content.inGeneration(content.generation() + 1));
    store.load();
  }

  /**
   * Writes the keystore into one file, sealed under a passphrase of its own, for its owner alone.
   *
   * @param file must not exist
   */
  public static void export(
      KeystorePlace place, char[] passphrase, Path file, char[] exportPassphrase) {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new KeystoreException("the file " + file + " exists: name a new one");
    }
    var content = new KeystoreFile(place, new BcfksSeal(passphrase), Disk.REAL).load();
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      var bytes = new BcfksSeal(exportPassphrase).seal(content);
      Disk.REAL.write(temporary, bytes);
      Disk.REAL.replace(file, temporary);
      if (!Arrays.equals(Disk.REAL.read(file), bytes)) {
        throw new KeystoreException(
            "the export " + file + " does not hold what was written to it; check the disk");
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new KeystoreException(
          "the export " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a keystore of what {@link #export} wrote, of either kind. The export, and every copy of
   * the keystore that it came from, still opens as before.
   *
   * @param place must hold no keystore
   */
  public static void importFrom(
      Path file, char[] exportPassphrase, KeystorePlace place, KeystoreAccess access) {
    if (place.exists()) {
      throw new KeystoreException(
          "there is a keystore in " + place.folder() + " or a mirror: import into empty folders");
    }
    byte[] bytes;
    try {
      bytes = Disk.REAL.read(file);
    } catch (IOException e) {
      throw new KeystoreException("the export " + file + " cannot be read: " + e.getMessage(), e);
    }
    var content = new BcfksSeal(exportPassphrase).open(bytes, file);
    KeystoreFile.of(place, access).take(content, file);
  }
}
