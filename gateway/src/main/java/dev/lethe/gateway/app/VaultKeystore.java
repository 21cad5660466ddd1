package dev.lethe.gateway.app;

import dev.lethe.gateway.app.VaultWork.Report;
import dev.lethe.gateway.app.VaultWork.Status;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.keys.KeystoreTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Works on a keystore as a whole while no instance runs. */
record VaultKeystore(Config config) {
  Report passphrase(Path newPassphrase) {
    refuseToken(
        "a keystore of type pkcs11 has no passphrase: change the PIN of its token with the vendor's tool, and then the PIN file");
    var place = existing();
    try (var folder = DataFolder.lock(config.data())) {
      var fresh = chars(newPassphrase);
      refuseOwn(newPassphrase);
      KeystoreTransfer.changePassphrase(place, current(), fresh);
      return new Report(
          List.of(
              "data folder   " + folder.path(),
              "keystore      opens with the passphrase in " + newPassphrase + " only",
              "old copies    still open with the old one: replace or destroy them",
              own(newPassphrase)),
          Status.DONE);
    }
  }

  /** The file of the passphrase that is removed once it opens nothing. */
  private void refuseOwn(Path newPassphrase) {
    if (config.keystore().secret() instanceof PassphraseSource.Own
        && same(Passphrase.beside(config.keystore().path()), newPassphrase)) {
      throw new FailedException(
          newPassphrase + " holds the passphrase that is to be changed: name another file");
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.exists(one) && Files.isSameFile(one, other);
    } catch (IOException e) {
      throw new FailedException(other + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The one that lay beside the keystore opens nothing any more. */
  private String own(Path newPassphrase) {
    if (config.keystore().secret() instanceof PassphraseSource.Own) {
      try {
        Files.deleteIfExists(Passphrase.beside(config.keystore().path()));
      } catch (IOException e) {
        throw new FailedException(
            "the passphrase is changed, but the old one beside the keystore cannot be removed: "
                + e.getMessage(),
            e);
      }
      return "from now on   start with --keystore-passphrase-file " + newPassphrase;
    }
    return "from now on   give the new passphrase where the old one was given";
  }

  Report export(Path to, Path exportPassphrase) {
    refuseToken(
        "a keystore of type pkcs11 is not exported: that its keys never leave the token is what it is for");
    var place = existing();
    try (var folder = DataFolder.lock(config.data())) {
      KeystoreTransfer.export(place, current(), to, chars(exportPassphrase));
      return new Report(
          List.of(
              "data folder   " + folder.path(),
              "export        " + to + ", opens with the passphrase in " + exportPassphrase,
              "destroy it    once a newer one is kept, and after every rotation: it holds keys that"
                  + " the keystore gives up"),
          Status.DONE);
    }
  }

  Report importFrom(Path from, Path exportPassphrase) {
    var place = OpenedKeystore.place(config.keystore());
    try (var folder = DataFolder.lock(config.data())) {
      requireEmpty(place);
      KeystoreTransfer.importFrom(
          from, chars(exportPassphrase), place, OpenedKeystore.access(config.keystore()));
      return new Report(
          List.of(
              "data folder   " + folder.path(),
              "keystore      " + place.folder(),
              "destroy       "
                  + from
                  + " and every other copy of these keys, then rotate: they open all that is sealed"
                  + " until then, whatever becomes of this keystore"),
          Status.DONE);
    } catch (IOException e) {
      throw new FailedException(
          "the keystore folder " + place.folder() + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireEmpty(KeystorePlace place) throws IOException {
    if (!Files.exists(place.folder())) {
      return;
    }
    var beside =
        Set.of(
            Passphrase.beside(place.folder()), place.folder().resolve(KeystorePlace.REFUSED_PIN));
    try (var files = Files.list(place.folder())) {
      if (files.anyMatch(file -> !beside.contains(file))) {
        throw new FailedException(
            "the keystore folder " + place.folder() + " is not empty: name another, or empty it");
      }
    }
  }

  private void refuseToken(String why) {
    if (config.keystore().secret() instanceof Config.Pkcs11) {
      throw new FailedException(why);
    }
  }

  private KeystorePlace existing() {
    var place = OpenedKeystore.place(config.keystore());
    if (!place.exists()) {
      throw new FailedException("no keystore in " + place.folder());
    }
    return place;
  }

  private char[] current() {
    OpenedKeystore.place(config.keystore()).refuseWrapped();
    return Passphrase.of(config.keystore()).text().toCharArray();
  }

  private static char[] chars(Path file) {
    return Passphrase.read(file).toCharArray();
  }
}
