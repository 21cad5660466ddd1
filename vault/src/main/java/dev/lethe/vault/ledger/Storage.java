package dev.lethe.vault.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The disk under a hash-chained file. */
interface Storage extends Closeable {
  /** Writes all of it at an offset. */
  void write(ByteBuffer bytes, long offset) throws IOException;

  /** Returns when everything written survives a power cut. */
  void force() throws IOException;

  void truncate(long length) throws IOException;

  /** An open file. */
  record OfChannel(FileChannel channel) implements Storage {
    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      var from = offset;
      while (bytes.hasRemaining()) {
        from += channel.write(bytes, from);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long length) throws IOException {
      channel.truncate(length);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
