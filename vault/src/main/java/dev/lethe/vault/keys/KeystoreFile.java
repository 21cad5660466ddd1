package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sealed file, and copies of it in other folders. Each is only ever replaced whole: temporary
 * file, fsync, read back, rename, fsync of the folder, read back.
 *
 * <p>All temporary files are written before any takes its place, so a full or missing disk leaves
 * every copy as it was. A crash between two renames leaves copies of two generations; the newest
 * wins at the next start, and the older ones are rewritten before anything is served. The mirrors
 * go first: what fails often fails there, and then the main file is not touched.
 */
final class KeystoreFile implements ContentStore {
  private static final Logger LOG = LoggerFactory.getLogger(KeystoreFile.class);

  private final Path main;
  private final List<Path> mirrors;
  private final ContentSeal seal;
  private final Disk disk;

  /** What this process last read or wrote in every copy, and what it last tried to write. */
  private Optional<byte[]> known = Optional.empty();

  private Optional<byte[]> attempted = Optional.empty();

  KeystoreFile(KeystorePlace place, ContentSeal seal, Disk disk) {
    this.main = place.folder().resolve(seal.fileName());
    this.mirrors = place.mirrors().stream().map(folder -> folder.resolve(seal.fileName())).toList();
    this.seal = seal;
    this.disk = disk;
  }

  /**
   * A keystore of the kind that is opened this way; its folder is made when it is missing.
   *
   * @throws KeystoreException when a token does not let us in, or one of another kind is there
   */
  static KeystoreFile of(KeystorePlace place, KeystoreAccess access) {
    place.makeFolder();
    if (access instanceof KeystoreAccess.Token token) {
      place.refuseOther(TokenSeal.FILE);
      var refused = new RefusedPin(place.folder(), Disk.REAL);
      return new KeystoreFile(place, new TokenSeal(Token.open(token, refused)), Disk.REAL);
    }
    place.refuseOther(BcfksSeal.FILE);
    return new KeystoreFile(place, BcfksSeal.of((KeystoreAccess.Passphrase) access), Disk.REAL);
  }

  /** A file as it was read. */
  private record Read(Path file, byte[] bytes, KeystoreContent content) {
    boolean holdsWhat(Read other) {
      return Arrays.equals(bytes, other.bytes);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** All copies, in the order in which they are written. */
  private List<Path> files() {
    var all = new ArrayList<>(mirrors);
    all.add(main);
    return all;
  }

  private static boolean there(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean exists() {
    return files().stream().anyMatch(KeystoreFile::there);
  }

  @Override
  public boolean whole() {
    return files().stream().allMatch(KeystoreFile::there) && seal.usable();
  }

  @Override
  public KeystoreContent load() {
    requireMirrors();
    var read = readAll();
    var newest = newest(read);
    seal.requireNewest(newest.content(), newest.file());
    for (var file : files()) {
      if (read.stream().noneMatch(copy -> copy.file().equals(file) && copy.holdsWhat(newest))) {
        write(List.of(file), newest.bytes());
        LOG.warn("keystore {} was missing or behind: rewritten from {}", file, newest);
      }
    }
    seal.settle(newest.content());
    known = Optional.of(newest.bytes());
    return newest.content();
  }

  @Override
  public Optional<KeystoreContent> changedElsewhere() {
    var copies = new ArrayList<byte[]>();
    for (var file : files()) {
      if (there(file)) {
        copies.add(bytes(file));
      }
    }
    // Not all the same: somebody is writing, or a crash cut them off and a start makes them so.
    if (copies.isEmpty()
        || isOurs(copies.get(0))
        || copies.size() < files().size()
        || !copies.stream().allMatch(copy -> Arrays.equals(copy, copies.get(0)))) {
      return Optional.empty();
    }
    var content = seal.open(copies.get(0), main);
    if (content.living().stream()
        .anyMatch(epoch -> !content.epochKeys().containsKey(epoch.number()))) {
      return Optional.empty(); // the token is still to be told
    }
    known = Optional.of(copies.get(0));
    return Optional.of(content);
  }

  private boolean isOurs(byte[] copy) {
    return holds(known, copy) || holds(attempted, copy);
  }

  private static boolean holds(Optional<byte[]> bytes, byte[] copy) {
    return bytes.filter(own -> Arrays.equals(own, copy)).isPresent();
  }

  /**
   * Two processes are kept from writing at once elsewhere; but one may have been stopped in the
   * middle, for as long as another needed to go on without it. What that one wrote since then took
   * our temporary file with it, if it came later than this look.
   */
  private void requireOurs() throws IOException {
    for (var file : files()) {
      if (known.isPresent() && there(file) && !isOurs(bytes(file))) {
        Files.deleteIfExists(temporary(file)); // it may hold keys that are destroyed by now
        throw new KeystoreException(
            "the keystore "
                + file
                + " was changed by another process: it is left alone; when it stays so, restart");
      }
    }
  }

  @Override
  public KeystoreContent peek() {
    return newest(readAll()).content();
  }

  private List<Read> readAll() {
    var read = new ArrayList<Read>();
    for (var file : files()) {
      if (there(file)) {
        read.add(read(file, read));
      }
    }
    return read;
  }

  private Read newest(List<Read> read) {
    var newest =
        read.stream()
            .max(Comparator.comparingLong(copy -> copy.content().generation()))
            .orElseThrow(() -> new KeystoreException("the keystore " + main + " is missing"));
    read.forEach(copy -> requireSame(copy, newest));
    return newest;
  }

  private byte[] bytes(Path file) {
    try {
      return disk.read(file);
    } catch (IOException e) {
      throw new KeystoreException("the keystore " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Opening costs much, so a copy with the bytes of another is not opened again. */
  private Read read(Path file, List<Read> before) {
    var bytes = bytes(file);
    return before.stream()
        .filter(copy -> Arrays.equals(copy.bytes(), bytes))
        .findFirst()
        .map(copy -> new Read(file, bytes, copy.content()))
        .orElseGet(() -> new Read(file, bytes, seal.open(bytes, file)));
  }

  private static void requireSame(Read copy, Read newest) {
    if (!copy.content().installationId().equals(newest.content().installationId())) {
      throw new KeystoreException(
          "the keystore "
              + copy
              + " is of another installation than "
              + newest
              + ": name the right folders, or move the wrong file away");
    }
    if (copy.content().generation() == newest.content().generation()
        && !copy.content().sameAs(newest.content())) {
      throw new KeystoreException(
          "the keystores "
              + copy
              + " and "
              + newest
              + " were changed apart from each other: move the wrong one away");
    }
  }

  /** A folder that is not mounted would keep what the others give up. */
  private void requireMirrors() {
    for (var mirror : mirrors) {
      var folder = mirror.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new KeystoreException(
            "the keystore mirror "
                + folder
                + " is no folder: mount or make it, or take it out of keystore.mirrors and destroy what it holds");
      }
    }
  }

  /** Stores what came from elsewhere, where nothing newer is known of. */
  void take(KeystoreContent content, Path from) {
    seal.requireNewest(content, from);
    store(content);
    load();
  }

  @Override
  public void store(KeystoreContent content) {
    requireMirrors();
    boolean first = !exists();
    for (var mirror : mirrors) {
      if (!first && !there(mirror)) {
        throw new KeystoreException(
            "the keystore "
                + mirror
                + " is gone: mount its folder, or restart to have it made anew");
      }
    }
    byte[] bytes;
    try {
      bytes = seal.seal(content);
    } catch (IOException | GeneralSecurityException e) {
      throw cannotBeWritten(main, e);
    }
    try {
      prepare(files(), bytes);
      requireOurs();
      attempted = Optional.of(bytes);
      replace(files(), bytes);
    } catch (IOException e) {
      throw cannotBeWritten(main, e);
    } catch (KeystoreException e) {
      if (!exists()) {
        seal.abandon();
      }
      throw e;
    }
    seal.settle(content);
    known = Optional.of(bytes);
  }

  private void write(List<Path> files, byte[] bytes) {
    prepare(files, bytes);
    replace(files, bytes);
  }

  private void prepare(List<Path> files, byte[] bytes) {
    for (var file : files) {
      try {
        disk.write(temporary(file), bytes);
        readBack(temporary(file), bytes);
      } catch (IOException e) {
        throw cannotBeWritten(file, e);
      }
    }
  }

  private void replace(List<Path> files, byte[] bytes) {
    for (var file : files) {
      try {
        disk.replace(file, temporary(file));
        readBack(file, bytes);
      } catch (IOException e) {
        throw cannotBeWritten(file, e);
      }
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private static KeystoreException cannotBeWritten(Path file, Exception cause) {
    return new KeystoreException(
        "the keystore " + file + " cannot be written: " + cause.getMessage(), cause);
  }

  private void readBack(Path written, byte[] bytes) throws IOException {
    if (!Arrays.equals(disk.read(written), bytes)) {
      throw new KeystoreException(
          "the keystore " + written + " does not hold what was written to it; check the disk");
    }
  }
}
