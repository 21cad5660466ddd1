package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A folder with a keystore whose keys are in a token; token and disk fail when a test says so. */
record TokenFolder(KeystorePlace place, FaultyDisk disk, SoftHsm hsm) {
  TokenFolder(SoftHsm hsm, Path path, Path... mirrors) {
    this(new KeystorePlace(path, List.of(mirrors)), new FaultyDisk(), hsm);
  }

  /** When the work on the token, which follows that on the files, is cut off. */
  enum Cut {
    NONE,
    /** Before anything was done in the token. */
    BEFORE,
    /** When all was done, but nobody heard of it. */
    AFTER
  }

  /** A seal that is cut off. */
  static final class Interrupted implements ContentSeal {
    private final ContentSeal inner;
    volatile Cut cut = Cut.NONE;

    Interrupted(ContentSeal inner) {
      this.inner = inner;
    }

    @Override
    public String fileName() {
      return inner.fileName();
    }

    @Override
    public byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException {
      return inner.seal(content);
    }

    @Override
    public KeystoreContent open(byte[] bytes, Path file) {
      return inner.open(bytes, file);
    }

    @Override
    public void requireNewest(KeystoreContent content, Path file) {
      inner.requireNewest(content, file);
    }

    @Override
    public void settle(KeystoreContent content) {
      if (cut == Cut.BEFORE) {
        throw new KeystoreException("cut off before");
      }
      inner.settle(content);
      if (cut == Cut.AFTER) {
        throw new KeystoreException("cut off after");
      }
    }

    @Override
    public void abandon() {
      inner.abandon();
    }

    @Override
    public boolean usable() {
      return inner.usable();
    }
  }

  Interrupted seal() {
    return new Interrupted(new TokenSeal(hsm.open()));
  }

  Keystore open() {
    return open(seal());
  }

  Keystore open(ContentSeal seal) {
    return Keystore.open(
        new KeystoreFile(place, seal, disk),
        Clock.fixed(Folder.NOW, ZoneOffset.UTC),
        new SecureRandom(),
        random -> Folder.RECEIPT_KEY.clone());
  }

  /** What the file gives away to somebody with the token, and changes nothing. */
  KeystoreContent content() {
    return new KeystoreFile(KeystorePlace.in(place.folder()), seal(), Disk.REAL).peek();
  }

  Path file() {
    return place.folder().resolve(TokenSeal.FILE);
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(file());
  }

  /** Epochs that the token holds a key of. */
  Set<Integer> epochsInToken() {
    return hsm.names().stream()
        .filter(name -> name.contains(":epoch:"))
        .map(name -> Integer.valueOf(name.substring(name.lastIndexOf(':') + 1)))
        .collect(Collectors.toSet());
  }
}
