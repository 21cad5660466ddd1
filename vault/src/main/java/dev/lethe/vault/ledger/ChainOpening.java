package dev.lethe.vault.ledger;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a hash-chained file: makes it, checks it, takes a torn end off. */
final class ChainOpening {
  private static final Logger LOG = LoggerFactory.getLogger(ChainOpening.class);

  private ChainOpening() {}

  /** Makes the storage of an open file. */
  interface Disk {
    Storage of(FileChannel channel);
  }

  /** An open file: who writes it, and who watches over it. */
  record Opened(ChainWriter writer, ChainWatch watch) {}

  static Opened open(Path file, ChainTerms terms) throws IOException {
    makeIfMissing(file);
    var identity = ChainWatch.identityOf(file);
    var index = new OffsetIndex();
    var walk =
        ChainWalk.along(
            file,
            Files.size(file),
            (entry, offset) -> {
              index.add(entry.seq(), offset);
              terms.observer().accept(entry);
            });
    check(file, walk, terms);
    var channel = FileChannel.open(file, WRITE);
    try {
      var torn = channel.size() - walk.length();
      if (torn > 0) {
        channel.truncate(walk.length());
        channel.force(true);
        LOG.warn(
            "{}: took off {} bytes of an unfinished entry behind entry {}",
            file,
            torn,
            walk.entries());
      }
      var signed = walk.checkpoint().map(Checkpoint::entry).orElse(0L);
      var state = new ChainState(index, walk);
      var writer = ChainWriter.start(file, terms, terms.disk().of(channel), state, signed);
      return new Opened(writer, new ChainWatch(file, identity, writer));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void check(Path file, ChainWalk walk, ChainTerms terms) {
    if (walk.fault().isPresent() && !walk.faultIsTear()) {
      throw new BrokenChainException(file, walk.entries() + 1, walk.fault().get());
    }
    if (walk.checkpoint().isPresent()
        && terms.signer().filter(keys -> !walk.checkpoint().get().signedBy(keys)).isPresent()) {
      throw new BrokenChainException(file, walk.checkpoint().get().entry(), ChainWalk.UNSIGNED);
    }
  }

  private static void makeIfMissing(Path file) throws IOException {
    var folder = file.toAbsolutePath().resolveSibling("");
    if (!Files.exists(file)) {
      Files.createDirectories(folder, only("rwx------"));
      FileChannel.open(file, Set.of(CREATE_NEW, WRITE), only("rw-------")).close();
    }
    // A name is durable only once its folder is. At each opening: a crash may have come between.
    force(folder);
    force(folder.resolve(".."));
  }

  private static void force(Path folder) throws IOException {
    try (var names = FileChannel.open(folder, READ)) {
      names.force(true);
    }
  }

  private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
