package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.SynchronizedHistogram;

/** Counts and times what is done, by kind. Thread-safe. */
final class Tally {
  private static final long LONGEST_MICROS = 120_000_000;
  private static final int DIGITS = 3;
  private static final int SHOWN_FAILURES = 10;
  private static final int UNAVAILABLE = 503;
  private static final int TRIES = 5;

  /** What {@code Retry-After} asks for. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private static final double MICROS_PER_MILLI = 1000;

  private final Map<String, SynchronizedHistogram> times = new ConcurrentSkipListMap<>();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final PrintStream err;

  Tally(PrintStream err) {
    this.err = err;
  }

  /**
   * Does something that may be done twice, and, as a client would, again after a while when there
   * is no room for it. Every try is measured.
   */
  Api.Answer patiently(String kind, Supplier<Api.Answer> work) {
    var answer = timed(kind, work);
    for (int tries = 1; answer.status() == UNAVAILABLE && tries < TRIES; tries++) {
      retries.incrementAndGet();
      Patience.pause(BETWEEN_TRIES);
      answer = timed(kind, work);
    }
    return answer;
  }

  /** Does something once and measures it; the time of what fails counts too. */
  Api.Answer timed(String kind, Supplier<Api.Answer> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      long micros = Math.min((System.nanoTime() - start) / 1000, LONGEST_MICROS);
      times
          .computeIfAbsent(kind, any -> new SynchronizedHistogram(LONGEST_MICROS, DIGITS))
          .recordValue(micros);
    }
  }

  /** Does something; a failure is counted, and does not end the story. */
  void guarded(Runnable work) {
    try {
      work.run();
    } catch (FailedException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  void failed(String what) {
    if (failures.incrementAndGet() <= SHOWN_FAILURES) {
      err.println("failed: " + what);
    }
  }

  long requests() {
    return times.values().stream().mapToLong(SynchronizedHistogram::getTotalCount).sum();
  }

  long failures() {
    return failures.get();
  }

  long retries() {
    return retries.get();
  }

  void print(PrintStream out) {
    out.printf("%-12s %9s %9s %9s %9s%n", "ms", "requests", "p50", "p90", "p99");
    times.forEach(
        (kind, histogram) ->
            out.printf(
                "%-12s %9d %9.1f %9.1f %9.1f%n",
                kind,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / MICROS_PER_MILLI,
                histogram.getValueAtPercentile(90) / MICROS_PER_MILLI,
                histogram.getValueAtPercentile(99) / MICROS_PER_MILLI));
  }
}
