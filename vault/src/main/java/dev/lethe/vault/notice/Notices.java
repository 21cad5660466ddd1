package dev.lethe.vault.notice;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeReceiver;
import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.EpochLease;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.SealingLapsedException;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerUnavailableException;
import dev.lethe.vault.notice.Notice.Event;
import dev.lethe.vault.notice.WaitingNotices.Standing;
import dev.lethe.vault.redis.NoticeStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notices of erasures and withdrawals to whoever is configured.
 *
 * <p>Kept true: a notice stands in Redis before the act that it tells is in the ledger, so no act
 * is acknowledged whose notices could be lost; and it is sent only once the act has happened, which
 * for an erasure the ledger says, and for a withdrawal a mark beside the notice, set before the act
 * is acknowledged. Without receivers nothing is stored and nothing is asked.
 */
public final class Notices {
  private static final int ID_BYTES = 16;
  private static final Duration LOOK_PACE = Duration.ofSeconds(10);
  private static final Backoff.Limits LIMITS =
      new Backoff.Limits(Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final Vertx vertx;
  private final NoticeStore store;
  private final Ledger ledger;
  private final NoticeSeal seal;
  private final NoticeSender sender;
  private final List<NoticeReceiver> told;
  private final Clock clock;
  private final SecureRandom random;
  private final WaitingNotices waiting = new WaitingNotices();
  private final Facts facts;
  private final NoticeOpening opening;
  private volatile boolean stopped;

  /**
   * @param withdrawals asked about those that a crash left open
   */
  public Notices(
      Vertx vertx,
      NoticeStore store,
      Ledger ledger,
      Keystore keystore,
      Sealer sealer,
      ReceiptSigner signer,
      NoticeDelivery delivery,
      Withdrawals withdrawals,
      SecureRandom random,
      Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.ledger = ledger;
    this.seal = new NoticeSeal(keystore, sealer);
    this.told = delivery.receivers().stream().filter(receiver -> !receiver.retired()).toList();
    this.random = random;
    this.clock = clock;
    this.sender =
        new NoticeSender(
            vertx, store, waiting, seal, ledger, signer, delivery, new Backoff(LIMITS, random));
    this.facts = new Facts(store, ledger, seal, withdrawals);
    this.opening = new NoticeOpening(store, ledger, facts, waiting, sender, delivery);
  }

  /** Reads what waits since before; to be done before anybody is served. */
  public Future<Void> open() {
    return opening.all();
  }

  /** Begins to send. */
  public void start() {
    sender.start();
    look();
  }

  public void stop() {
    stopped = true;
    sender.stop();
  }

  /** Now and then, for what a failure left open; nothing without receivers. */
  private void look() {
    if (told.isEmpty()) {
      return;
    }
    vertx.setTimer(
        LOOK_PACE.toMillis(),
        due -> {
          if (!stopped) {
            lookAgain().onComplete(looked -> look());
          }
        });
  }

  /** Looks once at what failures left open; never fails. */
  Future<Void> lookAgain() {
    return opening.lookAgain();
  }

  /** Stores the notices of an erasure that is about to be asked for. */
  public Future<Queued> erased(SubjectRef subject, SubjectLife life, String erasureId) {
    return told.isEmpty()
        ? Future.succeededFuture(Queued.NOTHING)
        : queue(Event.ERASED, erasureId, Content.erased(subject, life));
  }

  /** Stores the notices of a withdrawal that is about to be made. */
  public Future<Queued> withdrawn(
      SubjectRef subject, SubjectLife life, Purpose purpose, Set<Field> fields) {
    return told.isEmpty() || fields.isEmpty()
        ? Future.succeededFuture(Queued.NOTHING)
        : queue(Event.WITHDRAWN, newId(), new Content(subject, life, Optional.of(purpose), fields));
  }

  private Future<Queued> queue(Event event, String act, Content content) {
    if (!ledger.healthy()) {
      // The act will be refused: it must not leave notices behind each time.
      return Future.failedFuture(new LedgerUnavailableException("the ledger takes no entries"));
    }
    var at = Instant.ofEpochMilli(clock.millis());
    var notices = new ArrayList<Notice>(told.size());
    EpochLease lease;
    try {
      lease = seal.lease();
    } catch (SealingLapsedException e) {
      return Future.failedFuture(e);
    }
    var stored = new ArrayList<Future<Void>>(told.size());
    for (var receiver : told) {
      var notice = new Notice(newId(), receiver.name(), event, content.life(), act, at);
      notices.add(notice);
      waiting.put(notice, Standing.PREPARED);
      var sealed = seal.seal(notice, content, lease.epoch());
      stored.add(store.put(notice.id(), notice.about(), sealed, lease.until()));
    }
    var queued = new QueuedNotices(store, waiting, sender, facts, List.copyOf(notices));
    return Future.all(stored)
        .onComplete(ended -> lease.close())
        .recover(
            // The act is not begun: nobody is told of it.
            failure -> queued.lapsed().transform(out -> Future.failedFuture(failure)))
        .map(all -> queued);
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** How the notices of an erasure stand: those that are over, then those that wait. */
  public List<NoticeState> ofErasure(String erasureId) {
    var all = new ArrayList<>(ledger.index().noticesOf(erasureId));
    all.addAll(waiting.ofAct(erasureId));
    return List.copyOf(all);
  }

  /** What an operator watches. */
  public VaultFigures.Notices figures() {
    var now = clock.instant();
    var oldest = waiting.oldest().map(at -> Duration.between(at, now)).orElse(Duration.ZERO);
    return new VaultFigures.Notices(waiting.size(), oldest.isNegative() ? Duration.ZERO : oldest);
  }

  /**
   * Brings everything that waits under an epoch.
   *
   * @return how many stood under another one; only a pass that finds none proves anything
   */
  public Future<Long> reseal(int epoch) {
    return new NoticeReseal(store, seal).all(epoch);
  }
}
