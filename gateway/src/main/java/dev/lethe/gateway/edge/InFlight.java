package dev.lethe.gateway.edge;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests that are being served, up to a bound: beyond it, waiting would only make
 * everybody late. Thread-safe: the listeners of a port share one.
 */
public final class InFlight {
  private final int bound;
  private final AtomicInteger count = new AtomicInteger();

  public InFlight(int bound) {
    this.bound = bound;
  }

  /** Whether one more is taken on; if so, {@link #leave} must follow. */
  public boolean enter() {
    if (count.incrementAndGet() <= bound) {
      return true;
    }
    count.decrementAndGet();
    return false;
  }

  /** One is done. */
  public void leave() {
    count.decrementAndGet();
  }
}
