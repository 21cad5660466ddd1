package dev.lethe.vault.rotation;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many people a pass may have in flight, so that serving does not suffer: the window grows by a
 * step while requests are answered about as fast as without a rotation, and is halved as soon as
 * their 99th percentile is more than twice that (additive increase, multiplicative decrease, as in
 * RFC 5681, section 3.1). At the narrowest window the pass rests between its steps as well.
 * Confined to one event loop.
 */
final class Pace {
  static final int NARROWEST = 8;
  static final int WIDEST = 1_024;
  private static final int STEP = 32;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration LOOK_BACK = Duration.ofMillis(500);
  private static final Duration BEFORE = Duration.ofSeconds(10);
  private static final Duration LONGEST_REST = Duration.ofMillis(200);

  /** Faster than this, nobody notices a difference. */
  private static final Duration UNNOTICED = Duration.ofMillis(2);

  private final ServingLatency serving;
  private final LongSupplier nanoTime;
  private final long acceptable;
  private long lookedAt;
  private int window = WIDEST;
  private Duration rest = Duration.ZERO;

  /** To be made before the pass begins: what is served now is what it is measured against. */
  Pace(ServingLatency serving, LongSupplier nanoTime) {
    this.serving = serving;
    this.nanoTime = nanoTime;
    this.acceptable = 2 * Math.max(UNNOTICED.toNanos(), serving.p99(BEFORE));
    this.lookedAt = nanoTime.getAsLong();
  }

  /** People in flight at most. */
  int window() {
    look();
    return window;
  }

  /** To be waited before the next step; mostly zero. */
  Duration rest() {
    look();
    return rest;
  }

  private void look() {
    long now = nanoTime.getAsLong();
    if (now - lookedAt < LOOK_EVERY.toNanos()) {
      return;
    }
    lookedAt = now;
    if (serving.p99(LOOK_BACK) <= acceptable) {
      rest = rest.compareTo(Duration.ofMillis(1)) <= 0 ? Duration.ZERO : rest.dividedBy(2);
      window = rest.isZero() ? Math.min(WIDEST, window + STEP) : window;
    } else if (window > NARROWEST) {
      window = Math.max(NARROWEST, window / 2);
    } else {
      var longer = rest.isZero() ? Duration.ofMillis(1) : rest.multipliedBy(2);
      rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
    }
  }
}
