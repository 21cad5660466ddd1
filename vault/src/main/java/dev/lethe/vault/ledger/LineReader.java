package dev.lethe.vault.ledger;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a span of a file line by line. Of an overlong line only the beginning is kept. */
final class LineReader implements Closeable {
  private final RandomAccessFile file;
  private final byte[] block = new byte[64 * 1024];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private long unread;
  private int at;
  private int end;

  /**
   * Opens a file.
   *
   * @param from offset of the first byte
   * @param to offset behind the last byte; what is appended meanwhile is not looked at
   */
  LineReader(Path path, long from, long to) throws IOException {
    file = new RandomAccessFile(path.toFile(), "r");
    file.seek(from);
    unread = to - from;
  }

  /** The next complete line without its newline; empty when none is left. */
  Optional<byte[]> next() throws IOException {
    line.reset();
    while (at < end || fill()) {
      var start = at;
      while (at < end && block[at] != '\n') {
        at++;
      }
      line.write(block, start, Math.min(at - start, ChainLine.MAX_BYTES + 1 - line.size()));
      if (at < end) {
        at++;
        return Optional.of(line.toByteArray());
      }
    }
    return Optional.empty();
  }

  /** What stands behind the last newline, once {@link #next} has said that no line is left. */
  byte[] tail() {
    return line.toByteArray();
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, file.read(block, 0, (int) Math.min(block.length, unread)));
    unread -= end;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
