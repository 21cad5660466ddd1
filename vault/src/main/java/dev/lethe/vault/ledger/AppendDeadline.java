package dev.lethe.vault.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for a disk that does not. When an append, or whatever the writer does with the disk,
 * takes longer than the limit, everything under way and everything waiting is refused, oldest
 * first, and so is what comes until the writer gets through again. A refused append that the disk
 * had already been given may still turn out to be written; one that waited is not. Thread-safe.
 */
final class AppendDeadline implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AppendDeadline.class);
  private static final int LOOKS = 20;

  private final Path file;
  private final AppendQueue queue;
  private final Duration limit;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "hash-chain-deadline");

  // What the writer does, under the monitor.
  private boolean busy;
  private long busySince;
  private List<Pending> inFlight = List.of();

  private volatile boolean stalled;

  AppendDeadline(Path file, AppendQueue queue, Duration limit) {
    this.file = file;
    this.queue = queue;
    this.limit = limit;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    var pause = limit.toMillis() / LOOKS + 1;
    try {
      while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      LOG.error("{}: nobody looks at the time any more", file, e);
    }
  }

  /** The writer turns to the disk with these. */
  synchronized void begin(List<Pending> batch) {
    busy = true;
    busySince = System.nanoTime();
    inFlight = batch;
  }

  /** The writer is back, and has answered them. */
  synchronized void end() {
    busy = false;
    inFlight = List.of();
    if (stalled) {
      stalled = false;
      LOG.info("{}: the disk answers again", file);
    }
  }

  /** Whether the disk has not answered in time and still does not. */
  boolean stalled() {
    return stalled;
  }

  private synchronized void look() {
    if (!overdue()) {
      return;
    }
    if (!stalled) {
      stalled = true;
      LOG.error("{}: the disk has not answered for {} ms", file, limit.toMillis());
    }
    var refusal = new LedgerUnavailableException("the disk does not answer in time for " + file);
    inFlight.forEach(pending -> pending.fail(refusal));
    queue.drain().forEach(pending -> pending.fail(refusal));
  }

  private boolean overdue() {
    return (busy && System.nanoTime() - busySince > limit.toNanos())
        || (!inFlight.isEmpty() && inFlight.get(0).olderThan(limit))
        || queue.oldest().filter(pending -> pending.olderThan(limit)).isPresent();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
