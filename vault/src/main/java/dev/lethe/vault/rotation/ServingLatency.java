package dev.lethe.vault.rotation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long people waited for the vault lately, in slices of 50 ms. Thread-safe without locks: a
 * question asked while others write may miss a few of the newest, which a percentile forgives.
 */
public final class ServingLatency {
  private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();
  private static final int SLICES_IN_MOMENT = 4;

  /** What is looked at as a whole. */
  static final Duration MOMENT = Duration.ofNanos(SLICES_IN_MOMENT * SLICE_NANOS);

  /** As many as {@link #SPAN} needs, and one to be written. */
  private static final int SLICES = 201;

  /** How far back it reaches. */
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

  /** Whether anybody was answered within the last {@link #MOMENT}. */
  public boolean isServing() {
    return p99() > 0;
  }

  /**
   * The 99th percentile of what was answered within the last {@link #MOMENT}, in nanoseconds; 0
   * when nothing was. Nothing is within two moments that follow each other.
   */
  long p99() {
    return p99(number(nanoTime.getAsLong()));
  }

  /**
   * What {@link #p99} mostly was within the last {@link #SPAN}: the median, so that a moment in
   * which everything stalled does not make others like it usual; 0 when nothing was answered.
   */
  long usualP99() {
    long newest = number(nanoTime.getAsLong());
    var moments =
        LongStream.range(0, SPAN.dividedBy(MOMENT))
            .map(before -> p99(newest - before * SLICES_IN_MOMENT))
            .filter(p99 -> p99 > 0)
            .sorted()
            .toArray();
    return moments.length == 0 ? 0 : moments[moments.length / 2];
  }

  /** Of the moment that a slice ends. */
  private long p99(long newest) {
    Histogram all = latencies();
    for (long number = Math.max(0, newest - SLICES_IN_MOMENT + 1); number <= newest; number++) {
      var slice = slices[(int) (number % SLICES)];
      if (slice.number.get() == number) {
        all.add(slice.took);
      }
    }
    return all.getTotalCount() == 0 ? 0 : all.getValueAtPercentile(PERCENTILE);
  }

  private long number(long now) {
    return (now - begun) / SLICE_NANOS;
  }
}
