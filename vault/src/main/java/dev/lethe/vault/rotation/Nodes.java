package dev.lethe.vault.rotation;

import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.redis.NodeReport;
import dev.lethe.vault.redis.NodeStore;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.SealingLease;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those that use the same Redis and keystore. Each reports how far it has come with
 * the epochs, reads the keystore anew when another has come further, and seals only under a lease
 * that it is given for that. So a rotation waits for those that answer, and those that do not stop
 * by themselves.
 */
public final class Nodes {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration RETRY_EVERY = Duration.ofMillis(500);
  private static final Duration POLL = Duration.ofMillis(50);

  /** A server is served from, without sealing, when the keystore cannot be read by then. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Keystore keystore;
  private final SealingLease lease;
  private final NodeStore store;
  private volatile Optional<Long> timer = Optional.empty();
  private volatile boolean stopped;
  private volatile boolean told;

  /** The keystore gives leases on its epochs only while this node holds its own from now on. */
  public Nodes(Vertx vertx, Keystore keystore, SealingLease lease, NodeStore store) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.lease = lease;
    this.store = store;
    keystore.ring().require(lease);
  }

  /**
   * Reports to another server before it is served from: it may not know what this node was granted.
   * Nothing is sealed when it does not grant it too.
   */
  public Future<Void> admit(NodeStore server) {
    lease.lapse();
    return lookBriefly(server);
  }

  /** Renews on a server that is not served from yet, if it is time to. */
  public Future<Void> keep(NodeStore server) {
    return lease.left().compareTo(SealingLease.LENGTH.minus(RENEW_EVERY)) > 0
        ? Future.succeededFuture()
        : lookBriefly(server);
  }

  private Future<Void> lookBriefly(NodeStore server) {
    return look(server)
        .timeout(LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  /** Begins to renew. */
  public void start() {
    stopped = false;
    next(AT_ONCE);
  }

  private void next(Duration pause) {
    if (!stopped) {
      timer =
          Optional.of(
              vertx.setTimer(
                  pause.toMillis(),
                  due ->
                      look(store)
                          .onComplete(
                              looked ->
                                  next(
                                      looked.succeeded() && looked.result().granted()
                                          ? RENEW_EVERY
                                          : RETRY_EVERY))));
    }
  }

  /** Renews no more; what was granted ends with its time. */
  public void stop() {
    stopped = true;
    timer.ifPresent(vertx::cancelTimer);
  }

  /** Is no node of this Redis any more; to be called when nothing is sealed here. */
  public Future<Void> leave() {
    stop();
    return lease.leave(store, keystore.ring().view()).otherwiseEmpty();
  }

  /** Whether this node may seal. */
  public boolean maySeal() {
    return lease.held();
  }

  /**
   * Waits until each node has come that far, or its lease has ended.
   *
   * @param far whether the least of what they reported is far enough
   */
  Future<Void> await(RotationGate gate, Predicate<NodeReport> far) {
    return look(store)
        .compose(
            first -> {
              if (far.test(first)) {
                return Future.succeededFuture();
              }
              LOG.info(
                  "the rotation waits for another node, or for its lease to end within {} s",
                  SealingLease.LENGTH.toSeconds());
              return Repetition.untilLast(
                  () -> gate.open(POLL).compose(open -> look(store)).map(far::test));
            });
  }

  private Future<NodeReport> look(NodeStore server) {
    // Who was out for a while may have missed what no server remembers.
    return (lease.held() ? Future.<Void>succeededFuture() : refresh())
        .compose(ready -> lease.report(server, keystore.ring().view()))
        .compose(
            report ->
                report.isAhead(keystore.ring().view())
                    ? catchUp(server, report)
                    : Future.succeededFuture(report))
        .onComplete(this::tell);
  }

  private Future<NodeReport> catchUp(NodeStore server, NodeReport before) {
    return refresh()
        .onComplete(read -> keystore.ring().giveUpBefore(before.oldest()))
        .compose(read -> lease.report(server, keystore.ring().view()));
  }

  private Future<Void> refresh() {
    return vertx
        .executeBlocking(
            () -> {
              keystore.refresh();
              return true;
            },
            false)
        .mapEmpty();
  }

  /** Once for each time that sealing stops, and when it goes on. */
  private void tell(AsyncResult<NodeReport> looked) {
    if (stopped) {
      return; // what it was asked for is of no use any more
    }
    boolean may = lease.held();
    if (may && told) {
      LOG.info("this node seals again, under epoch {}", keystore.ring().active());
    } else if (!may && !told) {
      LOG.warn(
          "this node seals nothing: {}",
          looked.succeeded()
              ? "others have gone on to epoch "
                  + looked.result().newest()
                  + ", which the keystore here does not have; mount its folder, or stop this node"
              : looked.cause().getMessage());
    }
    told = !may;
  }
}
