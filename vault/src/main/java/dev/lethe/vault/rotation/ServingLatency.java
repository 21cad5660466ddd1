package dev.lethe.vault.rotation;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How long the vault took for its last requests. Thread-safe without locks: a question asked while
 * others write may miss or mix up a few of the newest, which a percentile forgives.
 */
public final class ServingLatency {
  /** A power of two. */
  private static final int KEPT = 2048;

  private static final double PERCENTILE = 0.99;

  private final LongSupplier nanoTime;
  private final AtomicLong next = new AtomicLong();
  private final AtomicLongArray endedAt = new AtomicLongArray(KEPT);
  private final AtomicLongArray took = new AtomicLongArray(KEPT);

  /**
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public ServingLatency(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** The time to give to {@link #ended}. */
  public long begun() {
    return nanoTime.getAsLong();
  }

  /** Records a request. */
  public void ended(long begun) {
    long now = nanoTime.getAsLong();
    int slot = (int) (next.getAndIncrement() & (KEPT - 1));
    took.set(slot, now - begun);
    endedAt.set(slot, now);
  }

  /** The 99th percentile of what ended within a span until now, in nanoseconds; 0 when nothing. */
  long p99(Duration span) {
    long now = nanoTime.getAsLong();
    int filled = (int) Math.min(KEPT, next.get());
    var times = new long[filled];
    int count = 0;
    for (int slot = 0; slot < filled; slot++) {
      if (now - endedAt.get(slot) <= span.toNanos()) {
        times[count++] = took.get(slot);
      }
    }
    if (count == 0) {
      return 0;
    }
    Arrays.sort(times, 0, count);
    return times[(int) Math.min(count - 1L, Math.round(count * PERCENTILE))];
  }
}
