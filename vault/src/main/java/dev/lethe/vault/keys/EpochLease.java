package dev.lethe.vault.keys;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Held by whoever seals under an epoch until what was sealed is stored; a rotation waits for all
 * leases of the old epoch to end.
 */
public final class EpochLease implements AutoCloseable {
  private final int epoch;
  private final long until;
  private final Runnable end;
  private final AtomicBoolean ended = new AtomicBoolean();

  EpochLease(int epoch, long until, Runnable end) {
    this.epoch = epoch;
    this.until = until;
    this.end = end;
  }

  public int epoch() {
    return epoch;
  }

  /**
   * When it must be stored at the latest, in milliseconds of the store's own clock: a rotation on
   * another node waits no longer.
   */
  public long until() {
    return until;
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true)) {
      end.run();
    }
  }
}
