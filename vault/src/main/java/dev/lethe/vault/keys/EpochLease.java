package dev.lethe.vault.keys;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Held by whoever seals under an epoch until what was sealed is stored; a rotation waits for all
 * leases of the old epoch to end.
 */
public final class EpochLease implements AutoCloseable {
  private final int epoch;
  private final Runnable end;
  private final AtomicBoolean ended = new AtomicBoolean();

  EpochLease(int epoch, Runnable end) {
    this.epoch = epoch;
    this.end = end;
  }

  public int epoch() {
    return epoch;
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }
}
