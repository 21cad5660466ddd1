package dev.lethe.vault.rotation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long people waited for the vault lately, in slices of 50 ms. Thread-safe without locks: a
 * question asked while others write may miss a few of the newest, which a percentile forgives.
 */
public final class ServingLatency {
  private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();

  /** As many as {@link #SPAN} needs, and one to be written. */
  private static final int SLICES = 201;

  /** How far back the percentile can reach. */
  static final Duration SPAN = Duration.ofNanos((SLICES - 1) * SLICE_NANOS);

  private static final int DIGITS = 2;
  private static final double PERCENTILE = 99;

  /** Nobody notices less; it keeps a slice at a few kilobytes. */
  private static final long SHORTEST_NANOS = 100_000;

  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final long begun;
  private final Slice[] slices = Stream.generate(Slice::new).limit(SLICES).toArray(Slice[]::new);

  private static final class Slice {
    private final AtomicLong number = new AtomicLong(-1);
    private final ConcurrentHistogram took = latencies();
  }

  /**
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public ServingLatency(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
  }

  private static ConcurrentHistogram latencies() {
    return new ConcurrentHistogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
  }

  /**
   * Records that a request was answered.
   *
   * @param sent when it was sent, on the same clock: whatever it waited for before it was begun
   *     with, people wait for as well
   */
  public void answered(long sent) {
    long now = nanoTime.getAsLong();
    long number = number(now);
    var slice = slices[(int) (number % SLICES)];
    long before = slice.number.get();
    if (before != number && slice.number.compareAndSet(before, number)) {
      slice.took.reset();
    }
    slice.took.recordValue(Math.max(SHORTEST_NANOS, Math.min(LONGEST_NANOS, now - sent)));
  }

  /**
   * The 99th percentile of what was answered within a span until now, in nanoseconds; 0 when
   * nothing was.
   *
   * @param span at most {@link #SPAN}; counted in whole slices, so that nothing is within two spans
   *     that follow each other
   */
  long p99(Duration span) {
    long newest = number(nanoTime.getAsLong());
    long oldest = newest - span.toNanos() / SLICE_NANOS;
    Histogram all = latencies();
    for (var slice : slices) {
      long number = slice.number.get();
      if (number > oldest && number <= newest) {
        all.add(slice.took);
      }
    }
    return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(PERCENTILE);
  }

  private long number(long now) {
    return (now - begun) / SLICE_NANOS;
  }
}
