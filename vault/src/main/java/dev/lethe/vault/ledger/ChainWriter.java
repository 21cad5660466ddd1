package dev.lethe.vault.ledger;

import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends to a hash-chained file.
 *
 * <p>What it keeps true: the first {@code length} bytes of the file are good entries and durable,
 * and nobody is told of an entry before it is among them. A write that fails is cut off again; when
 * even that fails, nothing is written until it works, so that an entry never stands behind half a
 * line.
 */
final class ChainWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
  private static final int MAX_WAITING = 4096;
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

  /** Enough to need a new block on every usual file system. */
  private static final int TRIAL_BYTES = 8192;

  private final Path file;
  private final Clock clock;
  private final Consumer<Entry> observer;
  private final Storage storage;
  private final OffsetIndex index;
  private final AppendQueue queue = new AppendQueue(MAX_WAITING);
  private final Thread thread = new Thread(this::run, "hash-chain-writer");

  // Written by the thread alone, under the monitor; read by all under it.
  private long entries;
  private String head;
  private long length;

  private volatile boolean healthy = true;

  private ChainWriter(
      Path file,
      Clock clock,
      Consumer<Entry> observer,
      Storage storage,
      OffsetIndex index,
      ChainWalk found) {
    this.file = file;
    this.clock = clock;
    this.observer = observer;
    this.storage = storage;
    this.index = index;
    this.entries = found.entries();
    this.head = found.head();
    this.length = found.length();
  }

  static ChainWriter start(
      Path file,
      Clock clock,
      Consumer<Entry> observer,
      Storage storage,
      OffsetIndex index,
      ChainWalk found) {
    var writer = new ChainWriter(file, clock, observer, storage, index, found);
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  Future<Entry> append(String body) {
    var pending = Pending.of(body);
    if (!queue.offer(pending)) {
      return Future.failedFuture(
          new LedgerUnavailableException(file + " is closed or has too many entries waiting"));
    }
    return pending.future();
  }

  private void run() {
    List<Pending> batch = List.of();
    try {
      for (var next = queue.take(BETWEEN_TRIALS);
          next.isPresent();
          next = queue.take(BETWEEN_TRIALS)) {
        batch = next.get();
        if (!batch.isEmpty()) {
          write(batch);
        } else if (!healthy) {
          tryDisk();
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.error("{}: nothing is written any more; restart", file, e);
      stop(batch, e);
    } finally {
      closeStorage();
    }
  }

  private void write(List<Pending> batch) {
    var lines = new ArrayList<ChainLine.Written>(batch.size());
    var bytes = new ByteArrayOutputStream();
    var prev = head();
    for (var pending : batch) {
      var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      var line = ChainLine.write(entries() + lines.size() + 1, at, prev, pending.body());
      bytes.writeBytes(line.bytes());
      lines.add(line);
      prev = line.entry().hash();
    }
    try {
      if (!healthy) {
        storage.truncate(length());
      }
      storage.write(ByteBuffer.wrap(bytes.toByteArray()), length());
      storage.force();
    } catch (IOException e) {
      refuse(batch, e);
      return;
    }
    recovered();
    lines.forEach(this::include);
    for (var i = 0; i < batch.size(); i++) {
      batch.get(i).complete(lines.get(i).entry());
    }
  }

  private void include(ChainLine.Written line) {
    synchronized (this) {
      index.add(line.entry().seq(), length);
      entries++;
      head = line.entry().hash();
      length += line.bytes().length;
    }
    observer.accept(line.entry());
  }

  private void refuse(List<Pending> batch, IOException cause) {
    LOG.error("{}: {} entries could not be written", file, batch.size(), cause);
    healthy = false;
    try {
      storage.truncate(length());
    } catch (IOException e) {
      LOG.error("{}: the unfinished write is not cut off yet", file, e);
    }
    var refusal = new LedgerUnavailableException("the disk refuses to write " + file, cause);
    batch.forEach(pending -> pending.fail(refusal));
  }

  /** Writes blanks behind the last entry, which a reader takes for a line not yet finished. */
  private void tryDisk() {
    var blanks = new byte[TRIAL_BYTES];
    Arrays.fill(blanks, (byte) ' ');
    try {
      storage.truncate(length());
      storage.write(ByteBuffer.wrap(blanks), length());
      storage.force();
      storage.truncate(length());
      recovered();
    } catch (IOException e) {
      LOG.debug("{}: the disk still refuses", file, e);
    }
  }

  private void recovered() {
    if (!healthy) {
      LOG.info("{}: the disk takes writes again", file);
      healthy = true;
    }
  }

  private void stop(List<Pending> batch, Throwable cause) {
    healthy = false;
    queue.close();
    var refusal = new LedgerUnavailableException(file + " is not written any more", cause);
    batch.forEach(pending -> pending.fail(refusal));
    try {
      queue.take(Duration.ZERO).ifPresent(rest -> rest.forEach(pending -> pending.fail(refusal)));
    } catch (InterruptedException e) {
      LOG.error("{}: some appends are never answered", file, e);
    }
  }

  private void closeStorage() {
    try {
      storage.close();
    } catch (IOException e) {
      LOG.warn("{}: closing failed; everything acknowledged is durable", file, e);
    }
  }

  synchronized long entries() {
    return entries;
  }

  synchronized String head() {
    return head;
  }

  /** Bytes that are durable. */
  synchronized long length() {
    return length;
  }

  synchronized OffsetIndex.Line lineBefore(long after) {
    return index.lineBefore(after);
  }

  boolean healthy() {
    return healthy;
  }

  @Override
  public void close() {
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
