package dev.lethe.vault.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real file on a disk that fills up, or that takes its time, when a test says so. */
final class FaultyDisk implements ChainOpening.Disk {
  volatile boolean full;
  volatile boolean forceFails;
  volatile boolean truncateFails;
  volatile CountDownLatch gate = new CountDownLatch(0);
  volatile CountDownLatch forceGate = new CountDownLatch(0);
  volatile CountDownLatch reached = new CountDownLatch(1);
  final AtomicInteger writes = new AtomicInteger();

  @Override
  public Storage of(FileChannel channel) {
    var real = new Storage.OfChannel(channel);
    return new Storage() {
      @Override
      public void write(ByteBuffer bytes, long offset) throws IOException {
        writes.incrementAndGet();
        reached.countDown();
        pass(gate);
        if (full) {
          real.write(bytes.slice(0, bytes.remaining() / 2), offset);
          throw new IOException("No space left on device");
        }
        real.write(bytes, offset);
      }

      @Override
      public void force() throws IOException {
        pass(forceGate);
        if (forceFails) {
          throw new IOException("Input/output error");
        }
        real.force();
      }

      @Override
      public void truncate(long length) throws IOException {
        if (truncateFails) {
          throw new IOException("Input/output error");
        }
        real.truncate(length);
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  private static void pass(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
