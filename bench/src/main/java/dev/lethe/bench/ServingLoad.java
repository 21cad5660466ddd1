package dev.lethe.bench;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Disclosures for rankings, of people chosen by chance. At a given rate it is an open loop: each
 * request has a time at which it is due whatever became of those before, and its latency counts
 * from then, so a stall is felt by all that it delays (no coordinated omission).
 */
final class ServingLoad {
  private static final int DIGITS = 3;
  private static final int TOGETHER = 64;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final long TICK_NANOS = 200_000;
  private static final String TRACE = "0".repeat(32);

  private final VaultUnderTest vault;
  private final int people;
  private final Random random = new Random(1);

  /**
   * @param people how many a {@link Population} brought in
   */
  ServingLoad(VaultUnderTest vault, int people) {
    this.vault = vault;
    this.people = people;
  }

  /** Requests per second with a fixed number in flight at all times. */
  double most(Duration time) {
    var room = new Semaphore(TOGETHER);
    var done = new LongAdder();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      room.acquireUninterruptibly();
      vault
          .<DisclosureAnswer>ask(request())
          .onComplete(
              answer -> {
                done.add(answer.succeeded() ? 1 : 0);
                room.release();
              });
    }
    room.acquireUninterruptibly(TOGETHER);
    return done.sum() / ((System.nanoTime() - begun) / 1e9);
  }

  /**
   * What a time of load at a rate was like.
   *
   * @param latency nanoseconds of what was answered
   * @param failed requests that were refused
   */
  record Served(Histogram latency, long failed) {
    double p99Millis() {
      return latency.getValueAtPercentile(99) / 1e6;
    }
  }

  /** Asks at a rate, in requests per second, until something is over. */
  Served at(double rate, BooleanSupplier over) {
    var latency = new ConcurrentHistogram(DIGITS);
    var failed = new LongAdder();
    var sent = 0L;
    var ended = new LongAdder();
    long begun = System.nanoTime();
    while (!over.getAsBoolean()) {
      long due = (long) ((System.nanoTime() - begun) / 1e9 * rate);
      for (; sent < due; sent++) {
        long at = begun + (long) (sent / rate * 1e9);
        vault
            .<DisclosureAnswer>ask(request())
            .onComplete(
                answer -> {
                  record(answer, System.nanoTime() - at, latency, failed);
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

  private static void record(
      AsyncResult<DisclosureAnswer> answer, long took, Histogram latency, LongAdder failed) {
    if (answer.succeeded()) {
      latency.recordValue(took);
    } else {
      failed.increment();
    }
  }

  private VaultRequest.Disclose request() {
    var now = Instant.now();
    return new VaultRequest.Disclose(
        new Caller(
            Population.person(random.nextInt(people)),
            new TokenRef(now.getEpochSecond(), "0".repeat(64)),
            now.plus(DEADLINE),
            TRACE),
        Purpose.PERSONALIZATION);
  }
}
