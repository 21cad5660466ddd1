package dev.lethe.vault.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Copies the complete entries of a hash-chained file that another process may be appending to.
 *
 * @param entries that were copied
 * @param head hash of the last of them
 */
public record ChainCopy(long entries, String head) {
  /**
   * Copies into an existing empty file; returns when the copy survives a power cut.
   *
   * @throws BrokenChainException when the chain does not hold
   */
  public static ChainCopy of(Path from, Path to) throws IOException {
    var walk = ChainWalk.along(from, Files.size(from), (entry, offset) -> {});
    if (walk.fault().isPresent() && !walk.faultIsTear()) {
      throw new BrokenChainException(from, walk.entries() + 1, walk.fault().get());
    }
    try (var in = FileChannel.open(from, StandardOpenOption.READ);
        var out = FileChannel.open(to, StandardOpenOption.WRITE)) {
      for (long at = 0; at < walk.length(); ) {
        at += in.transferTo(at, walk.length() - at, out);
      }
      out.force(true);
    }
    return new ChainCopy(walk.entries(), walk.head());
  }
}
