package dev.lethe.vault.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes behind what is durable. After a failure nothing is written before the remains of it are
 * off. For the writing thread, but for {@link #works} and {@link #clean}.
 */
final class ChainDisk {
  private static final Logger LOG = LoggerFactory.getLogger(ChainDisk.class);

  /** Enough to need a new block on every usual file system. */
  private static final int TRIAL_BYTES = 8192;

  private final Path file;
  private final Storage storage;
  private final ChainState state;
  private volatile boolean works = true;
  private volatile boolean clean = true;

  ChainDisk(Path file, Storage storage, ChainState state) {
    this.file = file;
    this.storage = storage;
    this.state = state;
  }

  /** Whether the last write worked, or there was none yet. Any thread. */
  boolean works() {
    return works;
  }

  /** Whether nothing of a write that failed can be found in the file any more. Any thread. */
  boolean clean() {
    return clean;
  }

  /** Durable when it returns; {@link ChainState#settle} is up to the caller. */
  void write(ByteBuffer bytes) throws IOException {
    var end = state.end().length();
    state.touch();
    try {
      if (!works) {
        storage.truncate(end);
      }
      storage.write(bytes, end);
      storage.force();
    } catch (IOException e) {
      works = false;
      clean = false;
      throw e;
    }
    recovered();
  }

  /** Takes off what a failed write left. */
  void cutOff() {
    try {
      truncate(state.end().length());
      state.settle();
    } catch (IOException e) {
      LOG.error("{}: the unfinished write is not cut off yet", file, e);
    }
  }

  /** Writes blanks behind the last entry, which a reader takes for a line not yet finished. */
  void tryAgain() {
    var blanks = new byte[TRIAL_BYTES];
    Arrays.fill(blanks, (byte) ' ');
    var end = state.end().length();
    state.touch();
    try {
      truncate(end);
      storage.write(ByteBuffer.wrap(blanks), end);
      storage.force();
      storage.truncate(end);
      state.settle();
      recovered();
    } catch (IOException e) {
      LOG.debug("{}: the disk still refuses", file, e);
    }
  }

  /** For good: no failure of the machine brings back what is taken off. */
  private void truncate(long end) throws IOException {
    storage.truncate(end);
    storage.force();
    clean = true;
  }

  private void recovered() {
    clean = true;
    if (!works) {
      LOG.info("{}: the disk takes writes again", file);
      works = true;
    }
  }

  void close() {
    try {
      storage.close();
    } catch (IOException e) {
      LOG.warn("{}: closing failed; everything acknowledged is durable", file, e);
    }
  }
}
