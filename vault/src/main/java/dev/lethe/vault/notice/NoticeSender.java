package dev.lethe.vault.notice;

import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeDelivery.Answer;
import dev.lethe.vault.api.NoticeReceiver;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.notice.WaitingNotices.Standing;
import dev.lethe.vault.redis.NoticeStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notices until each is acknowledged or refused. Receivers do not wait for one another. One
 * that fails is left alone for a while, then tried with one notice, and given all that waits once
 * that works. What has ended stands in the ledger before it is taken out of Redis, so it is sent
 * again only if the program ends in between, and then as the same token.
 */
final class NoticeSender {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeSender.class);
  private static final int AT_ONCE = 8;

  private final Vertx vertx;
  private final Context context;
  private final NoticeStore store;
  private final WaitingNotices waiting;
  private final NoticeSeal seal;
  private final Ledger ledger;
  private final ReceiptSigner signer;
  private final NoticeDelivery delivery;
  private final Backoff backoff;
  private final List<Lane> lanes;
  private volatile boolean running;

  /** One receiver; confined to the context. */
  private static final class Lane {
    private final NoticeReceiver receiver;
    private int inFlight;
    private int failures;
    private boolean resting;
    private String said = "";

    private Lane(NoticeReceiver receiver) {
      this.receiver = receiver;
    }
  }

  NoticeSender(
      Vertx vertx,
      NoticeStore store,
      WaitingNotices waiting,
      NoticeSeal seal,
      Ledger ledger,
      ReceiptSigner signer,
      NoticeDelivery delivery,
      Backoff backoff) {
    this.vertx = vertx;
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.store = store;
    this.waiting = waiting;
    this.seal = seal;
    this.ledger = ledger;
    this.signer = signer;
    this.delivery = delivery;
    this.backoff = backoff;
    this.lanes =
        delivery.receivers().stream()
            .filter(receiver -> !receiver.retired())
            .map(Lane::new)
            .toList();
  }

  void start() {
    running = true;
    wake();
  }

  void stop() {
    running = false;
  }

  /** There may be something to send. */
  void wake() {
    if (running) {
      context.runOnContext(ignored -> lanes.forEach(this::pump));
    }
  }

  private void pump(Lane lane) {
    while (running && !lane.resting && lane.inFlight < (lane.failures == 0 ? AT_ONCE : 1)) {
      var next = waiting.next(lane.receiver.name());
      if (next.isEmpty()) {
        return;
      }
      lane.inFlight++;
      send(lane, next.get())
          .onComplete(
              ended -> {
                lane.inFlight--;
                if (ended.succeeded()) {
                  recovered(lane);
                } else {
                  failed(lane, next.get(), ended.cause());
                }
                pump(lane);
              });
    }
  }

  /** Fails when it is to be tried again. */
  private Future<Void> send(Lane lane, Notice notice) {
    // Not at once: a step that ends within the call would grow the stack with each notice.
    return Future.<Void>future(promise -> context.runOnContext(turn -> promise.complete()))
        .compose(turn -> store.sealed(notice.id()))
        .compose(
            found -> found.map(text -> send(lane, notice, text)).orElseGet(() -> lost(notice)));
  }

  private Future<Void> send(Lane lane, Notice notice, byte[] sealed) {
    Content content;
    try {
      content = seal.open(notice, sealed);
    } catch (UnreadableException e) {
      return lost(notice);
    }
    var claims = SecurityEvent.claims(signer.issuer(), lane.receiver.audience(), notice, content);
    return here(delivery.deliver(notice.receiver(), signer.securityEvent(claims)))
        .compose(answer -> ended(notice, answer));
  }

  /** Deliveries may answer on any thread. */
  private <T> Future<T> here(Future<T> elsewhere) {
    return Future.future(
        promise ->
            elsewhere.onComplete(ended -> context.runOnContext(ignored -> promise.handle(ended))));
  }

  private Future<Void> ended(Notice notice, Answer answer) {
    if (answer instanceof Answer.Again again) {
      return Future.failedFuture(new NotTakenException(again.why()));
    }
    if (answer instanceof Answer.Refused refused) {
      LOG.error(
          "{} refuses notice {} of {} for good: {}",
          notice.receiver(),
          notice.id(),
          notice.event().wireName(),
          refused.error());
      return end(notice, false, refused.error());
    }
    return end(notice, true, "");
  }

  /** Notes that a notice is over, and takes it out. */
  Future<Void> end(Notice notice, boolean acknowledged, String reason) {
    return ledger
        .append(
            new LedgerEntry.NoticeEnded(
                notice.id(),
                notice.receiver(),
                notice.event().wireName(),
                notice.act(),
                acknowledged,
                reason))
        .compose(written -> store.remove(notice.id()))
        .onSuccess(removed -> waiting.remove(notice));
  }

  /** Redis has lost it, or went back to a copy that no key opens. */
  private Future<Void> lost(Notice notice) {
    if (!running) {
      return Future.failedFuture(new NotTakenException("the vault stops"));
    }
    LOG.error(
        "notice {} of {} for {} is lost: Redis does not hold it as it was written",
        notice.id(),
        notice.event().wireName(),
        notice.receiver());
    return end(notice, false, "lost");
  }

  private void recovered(Lane lane) {
    if (lane.failures > 0) {
      LOG.info("{} takes notices again", lane.receiver.name());
    }
    lane.failures = 0;
    lane.said = "";
  }

  private void failed(Lane lane, Notice notice, Throwable failure) {
    waiting.move(notice, Standing.READY);
    lane.failures++;
    var why = Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
    if (running && !why.equals(lane.said)) {
      LOG.warn(
          "{} does not take notices, tried again until it does: {}", lane.receiver.name(), why);
      lane.said = why;
    }
    if (!lane.resting && running) {
      lane.resting = true;
      vertx
          .timer(backoff.after(lane.failures).toMillis(), TimeUnit.MILLISECONDS)
          .onComplete(
              rested ->
                  context.runOnContext(
                      ignored -> {
                        lane.resting = false;
                        pump(lane);
                      }));
    }
  }

  private static final class NotTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotTakenException(String why) {
      super(why, null, false, false);
    }
  }
}
