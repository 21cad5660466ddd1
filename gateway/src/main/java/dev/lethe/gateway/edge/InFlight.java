package dev.lethe.gateway.edge;

/**
 * Counts requests that are being served, up to a bound: beyond it, waiting would only make
 * everybody late. Used on one event loop.
 */
public final class InFlight {
  private final int bound;
  private int count;

  public InFlight(int bound) {
    this.bound = bound;
  }

  /** Whether one more is taken on; if so, {@link #leave} must follow. */
  public boolean enter() {
    if (count >= bound) {
      return false;
    }
    count++;
    return true;
  }

  /** One is done. */
  public void leave() {
    count--;
  }
}
