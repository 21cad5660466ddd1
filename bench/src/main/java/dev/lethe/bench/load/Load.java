package dev.lethe.bench.load;

import dev.lethe.bench.BenchException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Makes one kind of request again and again. At a given rate it is an open loop: each request has a
 * time at which it is due whatever became of those before, and its latency counts from then, so a
 * stall is felt by all that it delays (no coordinated omission). Calls block.
 */
public final class Load {
  private static final int DIGITS = 3;
  private static final int MOST_FAILED = 100;
  private static final long TICK_NANOS = 200_000;

  private final Supplier<Future<?>> request;

  /**
   * @param request makes one; its future fails when it is refused
   */
  public Load(Supplier<Future<?>> request) {
    this.request = request;
  }

  /**
   * Answers per second with a fixed number of requests in flight at all times.
   *
   * @throws BenchException when one in a hundred fails: what is refused is soon over
   */
  public double most(int inFlight, Duration time) {
    var turn = turn(inFlight, time);
    if (turn.failed() * MOST_FAILED > turn.answered()) {
      throw new BenchException(
          turn.failed()
              + " calls fail, "
              + turn.answered()
              + " do not; the first: "
              + turn.first());
    }
    return turn.answered() / turn.seconds();
  }

  /** The same before anything counts: a server that was just started may be late and say so. */
  public double warmUp(int inFlight, Duration time) {
    var turn = turn(inFlight, time);
    return turn.answered() / turn.seconds();
  }

  private record Turn(long answered, long failed, @Nullable Throwable first, double seconds) {}

  private Turn turn(int inFlight, Duration time) {
    var room = new Semaphore(inFlight);
    var answered = new LongAdder();
    var failed = new LongAdder();
    var first = new AtomicReference<Throwable>();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      room.acquireUninterruptibly();
      request
          .get()
          .onComplete(
              answer -> {
                if (answer.succeeded()) {
                  answered.increment();
                } else {
                  failed.increment();
                  first.compareAndSet(null, answer.cause());
                }
                room.release();
              });
    }
    room.acquireUninterruptibly(inFlight);
    return new Turn(answered.sum(), failed.sum(), first.get(), (System.nanoTime() - begun) / 1e9);
  }

  /** Asks at a rate, in requests per second, until something is over. */
  public Served at(double rate, BooleanSupplier over) {
    var latency = new ConcurrentHistogram(DIGITS);
    var failed = new LongAdder();
    var ended = new LongAdder();
    long sent = 0;
    long begun = System.nanoTime();
    while (!over.getAsBoolean()) {
      long due = (long) ((System.nanoTime() - begun) / 1e9 * rate);
      for (; sent < due; sent++) {
        long at = begun + (long) (sent / rate * 1e9);
        request
            .get()
            .onComplete(
                answer -> {
                  if (answer.succeeded()) {
                    latency.recordValue(System.nanoTime() - at);
                  } else {
                    failed.increment();
                  }
                  ended.increment();
                });
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
    while (ended.sum() < sent) {
      LockSupport.parkNanos(TICK_NANOS);
    }
    return new Served(latency, failed.sum());
  }

  /** The same for some time. */
  public Served at(double rate, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return at(rate, () -> System.nanoTime() - end > 0);
  }

  /**
   * What a time of load at a rate was like.
   *
   * @param latency nanoseconds of what was answered
   * @param failed requests that were refused
   */
  public record Served(Histogram latency, long failed) {
    public double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }
  }
}
