package dev.lethe.vault.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bounded queue before the writer. Once closed it takes nothing, yet gives out what it holds. */
final class AppendQueue {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private boolean closed;

  AppendQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Never waits; false when full or closed. */
  boolean offer(Pending pending) {
    lock.lock();
    try {
      if (closed || waiting.size() >= capacity) {
        return false;
      }
      waiting.add(pending);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something to write.
   *
   * @return all that waits, nothing when patience ran out, empty when closed and drained
   */
  Optional<List<Pending>> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      var nanos = patience.toNanos();
      while (waiting.isEmpty() && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      if (waiting.isEmpty() && closed) {
        return Optional.empty();
      }
      return Optional.of(drain());
    } finally {
      lock.unlock();
    }
  }

  /** What has waited longest. */
  Optional<Pending> oldest() {
    lock.lock();
    try {
      return Optional.ofNullable(waiting.peek());
    } finally {
      lock.unlock();
    }
  }

  /** Takes everything that waits, without waiting itself. */
  List<Pending> drain() {
    lock.lock();
    try {
      var all = List.copyOf(waiting);
      waiting.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
