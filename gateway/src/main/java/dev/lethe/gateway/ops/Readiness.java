package dev.lethe.gateway.ops;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether this process wants requests; off for good once it drains. Shared by all listeners. */
public final class Readiness {
  private final AtomicBoolean draining = new AtomicBoolean();

  /** From now on readiness is refused, so that a load balancer sends no more. */
  public void drain() {
    draining.set(true);
  }

  public boolean draining() {
    return draining.get();
  }
}
