package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waiting for what happens by itself. */
final class Patience {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Patience() {}

  /** Asks again until the answer is yes. */
  static void until(String what, BooleanSupplier done) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new FailedException(what + ": not done after " + LIMIT.toMinutes() + " minutes");
      }
      pause(PAUSE);
    }
  }

  static void pause(Duration time) {
    try {
      // Nobody counts down: this only passes time, and can be interrupted.
      if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("counted down by nobody");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }
}
