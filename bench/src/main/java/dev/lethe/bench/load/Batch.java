package dev.lethe.bench.load;

import dev.lethe.bench.BenchException;
import io.vertx.core.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** A fixed number of requests, each made once, so many of them in flight. Blocks. */
public final class Batch {
  private Batch() {}

  /**
   * Seconds from the first request to the last answer.
   *
   * @param request makes one by its number, from 0 on; its future fails when it is refused
   * @throws BenchException when one is refused; those in flight have ended then
   */
  public static double seconds(int number, int inFlight, IntFunction<Future<?>> request) {
    var room = new Semaphore(inFlight);
    var failure = new AtomicReference<Throwable>();
    long begun = System.nanoTime();
    for (int i = 0; i < number && failure.get() == null; i++) {
      room.acquireUninterruptibly();
      request
          .apply(i)
          .onComplete(
              answer -> {
                if (answer.failed()) {
                  failure.compareAndSet(null, answer.cause());
                }
                room.release();
              });
    }
    room.acquireUninterruptibly(inFlight);
    if (failure.get() != null) {
      throw new BenchException("a request is refused: " + failure.get(), failure.get());
    }
    return (System.nanoTime() - begun) / 1e9;
  }
}
