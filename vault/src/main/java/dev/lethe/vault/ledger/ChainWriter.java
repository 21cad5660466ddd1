package dev.lethe.vault.ledger;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that appends to a hash-chained file.
 *
 * <p>What it keeps true: what {@link ChainState} names are good entries and durable, and nobody is
 * told of an entry before it is among them. A write that fails is cut off again; when even that
 * fails, nothing is written until it works, so that an entry never stands behind half a line.
 */
final class ChainWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWriter.class);
  private static final int MAX_WAITING = 4096;
  private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

  private final Path file;
  private final ChainTerms terms;
  private final ChainDisk disk;
  private final ChainState state;
  private final CheckpointPace pace;
  private final AppendQueue queue = new AppendQueue(MAX_WAITING);
  private final AppendDeadline deadline;
  private final Thread thread = new Thread(this::run, "hash-chain-writer");

  private volatile boolean stopped;
  private volatile @Nullable String condemned;
  private volatile boolean doubted;
  private volatile Runnable afterCommit = () -> {};

  private ChainWriter(Path file, ChainTerms terms, Storage storage, ChainState state, long signed) {
    this.file = file;
    this.terms = terms;
    this.disk = new ChainDisk(file, storage, state);
    this.state = state;
    this.pace = new CheckpointPace(terms.clock(), signed);
    this.deadline = new AppendDeadline(file, queue, terms.deadline());
  }

  /**
   * Starts one.
   *
   * @param signed number of the entry that is the last checkpoint; 0 when there is none
   */
  static ChainWriter start(
      Path file, ChainTerms terms, Storage storage, ChainState state, long signed) {
    var writer = new ChainWriter(file, terms, storage, state, signed);
    writer.deadline.start();
    writer.thread.setDaemon(true);
    writer.thread.start();
    return writer;
  }

  Future<Entry> append(String body) {
    var changed = condemned;
    if (changed != null) {
      return Future.failedFuture(new LedgerUnavailableException(changed));
    }
    if (deadline.stalled()) {
      return Future.failedFuture(
          new LedgerUnavailableException("the disk does not answer in time for " + file));
    }
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
        turn(batch);
      }
      batch = List.of();
      signTheEnd();
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.error("{}: nothing is written any more; restart", file, e);
      stop(batch, e);
    } finally {
      deadline.end();
      disk.close();
    }
  }

  private void signTheEnd() {
    if (condemned == null && disk.works() && signs() && pace.unsigned(entries())) {
      deadline.begin(List.of());
      write(List.of(), true);
    }
  }

  private void turn(List<Pending> batch) {
    var changed = condemned;
    if (changed != null) {
      batch.forEach(pending -> pending.fail(new LedgerUnavailableException(changed)));
      return;
    }
    deadline.begin(batch);
    var wanted = batch.stream().filter(pending -> !pending.isAnswered()).toList();
    if (!wanted.isEmpty()) {
      write(wanted, signs() && pace.due(entries() + wanted.size()));
    } else if (!disk.works()) {
      disk.tryAgain();
    } else if (signs() && pace.due(entries())) {
      write(wanted, true);
    }
    deadline.end();
  }

  private boolean signs() {
    return terms.signer().isPresent() && !doubted;
  }

  private long entries() {
    return state.end().head().seq();
  }

  private void write(List<Pending> waiting, boolean checkpoint) {
    var batch = new ChainBatch(terms.clock(), state.end().head());
    waiting.forEach(pending -> batch.add(pending.body()));
    if (checkpoint) {
      batch.addCheckpoint(Checkpoint.chainOf(file), terms.signer().orElseThrow());
    }
    try {
      disk.write(batch.bytes());
    } catch (IOException e) {
      LOG.error("{}: {} entries could not be written", file, waiting.size(), e);
      disk.cutOff();
      var refusal = new LedgerUnavailableException("the disk refuses to write " + file, e);
      waiting.forEach(pending -> pending.fail(refusal));
      return;
    }
    for (var line : batch.lines()) {
      state.add(line);
      terms.observer().accept(line.entry());
    }
    state.settle();
    if (checkpoint) {
      pace.written(entries());
    }
    for (var i = 0; i < waiting.size(); i++) {
      waiting.get(i).complete(batch.lines().get(i).entry());
    }
    afterCommit.run();
  }

  private void stop(List<Pending> batch, Throwable cause) {
    stopped = true;
    queue.close();
    var refusal = new LedgerUnavailableException(file + " is not written any more", cause);
    batch.forEach(pending -> pending.fail(refusal));
    queue.drain().forEach(pending -> pending.fail(refusal));
  }

  ChainState state() {
    return state;
  }

  /** Is run after each write, on the writing thread; must be quick and not fail. */
  void afterCommit(Runnable task) {
    afterCommit = task;
  }

  /** Takes nothing any more: somebody else has changed the file. */
  void condemn(String what) {
    if (condemned == null) {
      condemned = what;
      LOG.error("{}", what);
    }
  }

  /** Whether somebody knows of entries that are missing: no checkpoint vouches for such a file. */
  boolean doubted() {
    return doubted;
  }

  void doubt(boolean isDoubted) {
    doubted = isDoubted;
  }

  boolean healthy() {
    return !stopped && disk.works() && condemned == null && !deadline.stalled();
  }

  /** Whether nothing that was refused until now can still turn out to be written. */
  boolean settled() {
    return !stopped && condemned == null && !deadline.stalled() && disk.clean();
  }

  @Override
  public void close() {
    queue.close();
    try {
      thread.join(terms.deadline().multipliedBy(2).toMillis());
      if (thread.isAlive()) {
        LOG.error("{}: the disk does not answer; left open", file);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      deadline.close();
    }
  }
}
