package dev.lethe.vault.redis;

import dev.lethe.vault.keys.EpochView;
import dev.lethe.vault.keys.SealingLapsedException;
import dev.lethe.vault.keys.SealingPermit;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * This node's lease on sealing. It ends by itself when it is not renewed, and is not renewed while
 * other nodes have gone on to an epoch that this one does not have: they wait for its end.
 *
 * <p>Two clocks end it. By this node's own, which counts from before it asked, nothing is sealed
 * any more. But a process that was stopped, or a machine whose clock stood still, may send what it
 * sealed before: so each change carries when the lease ends by the clock of the server, and the
 * server refuses it from then on. That is the clock by which other nodes count this one out.
 */
public final class SealingLease implements SealingPermit {
  /** How long one lasts without renewal. */
  public static final Duration LENGTH = Duration.ofSeconds(15);

  private record Grant(long heldUntil, long storedUntil) {}

  private final String node;
  private final LongSupplier nanoTime;
  private volatile Grant grant;
  private int lapses;

  /**
   * @param node who this is, different for each process that may run beside another
   */
  public SealingLease(String node, LongSupplier nanoTime) {
    this.node = node;
    this.nanoTime = nanoTime;
    this.grant = ended();
  }

  private Grant ended() {
    return new Grant(nanoTime.getAsLong(), 0);
  }

  /** Says how far this node has come, and with that takes or renews the lease. */
  public Future<NodeReport> report(NodeStore server, EpochView view) {
    long until = nanoTime.getAsLong() + LENGTH.toNanos();
    int before = lapses();
    return server
        .report(node, view, LENGTH)
        .onSuccess(
            told -> {
              if (told.granted()) {
                take(new Grant(until, told.until()), before);
              }
            });
  }

  private synchronized void take(Grant given, int before) {
    if (before == lapses) {
      grant = given;
    }
  }

  /** How long it lasts without renewal; zero when it has ended. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, grant.heldUntil - nanoTime.getAsLong()));
  }

  private synchronized int lapses() {
    return lapses;
  }

  /** Whether this node may seal now, without asking. */
  public boolean held() {
    return nanoTime.getAsLong() - grant.heldUntil < 0;
  }

  @Override
  public long until() {
    var now = grant;
    if (nanoTime.getAsLong() - now.heldUntil >= 0) {
      throw new SealingLapsedException();
    }
    return now.storedUntil;
  }

  /** Ends it here: another server answers, which does not know of it. */
  public synchronized void lapse() {
    lapses++;
    grant = ended();
  }

  /** Gives it back; nothing may be under way any more. */
  public Future<Void> leave(NodeStore server, EpochView view) {
    lapse();
    return server.report(node, view, Duration.ZERO).mapEmpty();
  }
}
