package dev.lethe.vault.keys;

import dev.lethe.vault.api.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.util.ScryptConfig;

/** A folder with a keystore, or without one yet, and a disk that fails when a test says so. */
record Folder(KeystorePlace place, FaultyDisk disk) {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final String PASSPHRASE = "a passphrase for tests";

  /** Opening costs little, so that much can be opened. */
  static final ScryptConfig CHEAP = BcfksSeal.scrypt(1 << 4);

  static final byte[] RECEIPT_KEY = {1, 2, 3, 4};

  Folder(Path path, Path... mirrors) {
    this(new KeystorePlace(path, List.of(mirrors)), new FaultyDisk());
  }

  Path path() {
    return place.folder();
  }

  Keystore open() {
    return open(PASSPHRASE);
  }

  Keystore open(String passphrase) {
    return Keystore.open(
        new KeystoreFile(place, new BcfksSeal(passphrase.toCharArray(), CHEAP), disk),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new SecureRandom(),
        random -> RECEIPT_KEY.clone());
  }

  /** What the file holds now. */
  KeystoreContent content() {
    return contentOf(path());
  }

  /** What the file in a folder holds now, whatever the others hold. */
  static KeystoreContent contentOf(Path folder) {
    var seal = new BcfksSeal(PASSPHRASE.toCharArray());
    return new KeystoreFile(KeystorePlace.in(folder), seal, Disk.REAL).load();
  }

  Path file() {
    return path().resolve("keystore.bcfks");
  }

  Path leftover() {
    return path().resolve("keystore.bcfks.new");
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(file());
  }

  static RotationRecord rotation(String id, Rotation.State state, int from) {
    return new RotationRecord(
        id,
        state,
        "a test",
        from,
        from + 1,
        NOW,
        Optional.empty(),
        1L << 40,
        3,
        false,
        Optional.empty());
  }
}
