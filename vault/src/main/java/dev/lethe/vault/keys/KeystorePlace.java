package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a keystore lies.
 *
 * @param folder of the keystore; made when it is missing
 * @param mirrors folders that hold a copy of it each; they have to exist
 */
public record KeystorePlace(Path folder, List<Path> mirrors) {
  /** File in the folder that tells of a PIN which a token refused. */
  public static final String REFUSED_PIN = "pin-refused";

  /**
   * A place.
   *
   * @throws KeystoreException when a folder is named twice
   */
  public KeystorePlace {
    mirrors = List.copyOf(mirrors);
    var seen = new HashSet<Path>();
    for (var one : Stream.concat(Stream.of(folder), mirrors.stream()).toList()) {
      if (!seen.add(one.toAbsolutePath().normalize())) {
        throw new KeystoreException(
            "the folder " + one + " is named twice: keystore and mirrors need one each");
      }
    }
  }

  /** A folder without mirrors. */
  public static KeystorePlace in(Path folder) {
    return new KeystorePlace(folder, List.of());
  }

  /** Whether any of the folders holds a keystore, of whichever kind. */
  public boolean exists() {
    return file(BcfksSeal.FILE).isPresent() || file(TokenSeal.FILE).isPresent();
  }

  private Optional<Path> file(String name) {
    return Stream.concat(Stream.of(folder), mirrors.stream())
        .map(one -> one.resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Makes sure that no keystore is here that takes a token.
   *
   * @throws KeystoreException when there is one
   */
  public void refuseWrapped() {
    refuseOther(BcfksSeal.FILE);
  }

  /** Makes a keystore beside one of another kind impossible: it would be that of nobody. */
  void refuseOther(String fileName) {
    for (var other : List.of(BcfksSeal.FILE, TokenSeal.FILE)) {
      if (!other.equals(fileName)) {
        file(other)
            .ifPresent(
                file -> {
                  throw new KeystoreException(
                      "there is a keystore of another type, "
                          + file
                          + ": use its type, or export it, move it away and import it");
                });
      }
    }
  }

  /** Makes the folder when it is missing, for its owner alone; mirrors have to exist. */
  void makeFolder() {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new KeystoreException(
          "the keystore folder " + folder + " cannot be made: " + e.getMessage(), e);
    }
  }
}
