package dev.lethe.vault.rotation;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many people a pass may have in flight, so that serving does not suffer: the window is doubled
 * until requests take longer than they should for the first time, grows by a step from then on, and
 * is halved whenever they do (slow start, additive increase and multiplicative decrease, as in RFC
 * 5681, section 3.1); when they take far longer it falls to the narrowest at once. They should take
 * no longer than twice what they usually took before the pass, by the 99th percentile of a moment.
 * At the narrowest window the pass rests between its steps as well. Confined to one event loop.
 */
final class Pace {
  static final int NARROWEST = 8;
  static final int WIDEST = 1_024;
  private static final int STEP = 32;
  private static final int ACCEPTABLE = 2;
  private static final Duration LONGEST_REST = Duration.ofMillis(200);

  /** Faster than this, nobody notices a difference. */
  private static final Duration UNNOTICED = Duration.ofMillis(2);

  private final ServingLatency serving;
  private final LongSupplier nanoTime;
  private final long acceptable;
  private long lookedAt;
  private int window = NARROWEST;
  private boolean starting = true;
  private Duration rest = Duration.ZERO;

  /** To be made before the pass begins: what is served now is what it is measured against. */
  Pace(ServingLatency serving, LongSupplier nanoTime) {
    this.serving = serving;
    this.nanoTime = nanoTime;
    this.acceptable = ACCEPTABLE * Math.max(UNNOTICED.toNanos(), serving.usualP99());
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
    if (now - lookedAt < ServingLatency.MOMENT.toNanos()) {
      return;
    }
    lookedAt = now;
    long takes = serving.p99();
    if (takes <= acceptable) {
      faster();
    } else {
      starting = false;
      slower(takes > 2 * acceptable ? NARROWEST : window / 2);
    }
  }

  private void faster() {
    rest = rest.compareTo(Duration.ofMillis(1)) <= 0 ? Duration.ZERO : rest.dividedBy(2);
    if (rest.isZero()) {
      window = Math.min(WIDEST, starting ? 2 * window : window + STEP);
    }
  }

  private void slower(int narrower) {
    if (window > NARROWEST) {
      window = Math.max(NARROWEST, narrower);
      return;
    }
    var longer = rest.isZero() ? Duration.ofMillis(1) : rest.multipliedBy(2);
    rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
  }
}
