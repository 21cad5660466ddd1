package dev.lethe.vault.erasure;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.redis.Tombstone;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Erases people. The intent stands in the ledger before the person is taken out of what was learned
 * and Redis is changed, and again, with the epoch that was removed, after it; so an erasure that a
 * crash interrupts is finished at the next start, and every receipt can be made again from the
 * ledger.
 */
public final class Erasures {
  private static final int ID_BYTES = 16;

  /** How many interrupted erasures are finished at once: neither ledger nor store takes all. */
  private static final int TOGETHER = 64;

  private final SubjectStore store;
  private final Ledger ledger;
  private final Keystore keystore;
  private final ErasureView view;
  private final Notices notices;
  private final Unlearning unlearning;
  private final StepHook hook;
  private final SecureRandom random;
  private final Clock clock;
  private final ErasureScripts scripts;

  /** Erasures of a person and endings of an erasure, by pseudonym or erasure id. */
  private final Turns turns = new Turns();

  public Erasures(
      SubjectStore store,
      Ledger ledger,
      Keystore keystore,
      ErasureView view,
      DeletionPromise promise,
      Notices notices,
      Unlearning unlearning,
      StepHook hook,
      SecureRandom random,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.keystore = keystore;
    this.view = view;
    this.notices = notices;
    this.unlearning = unlearning;
    this.hook = hook;
    this.random = random;
    this.clock = clock;
    this.scripts = new ErasureScripts(store, keystore, ledger.index(), promise);
  }

  /**
   * Erases the caller's subject; the same erasure again when that is done already and nothing new
   * was stored.
   *
   * @param onlyAt version of the stored hash at which alone it is done; at another one it is {@code
   *     STALE_VERSION}, and nothing has changed
   */
  public Future<Outcome<Erasure>> erase(Caller caller, String actor, OptionalLong onlyAt) {
    var pseudonym = keystore.pseudonyms().of(caller.subject());
    return turns.take(
        pseudonym,
        () ->
            store.read(pseudonym).compose(found -> erase(pseudonym, found, caller, actor, onlyAt)));
  }

  private Future<Outcome<Erasure>> erase(
      String pseudonym,
      Optional<StoredSubject> found,
      Caller caller,
      String actor,
      OptionalLong onlyAt) {
    var token = caller.token();
    var subject = caller.subject();
    var last = ledger.index().latestErasure(pseudonym);
    long erasedLife = last.map(ErasureRecord::life).orElse(0L);
    boolean alive =
        found.isPresent() && !found.get().erased() && found.get().stamp().life() > erasedLife;
    if (!alive) {
      return found
          .flatMap(this::unfinished)
          .or(() -> last)
          .map(record -> finish(record).map(this::outcome))
          .orElseGet(() -> Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND)));
    }
    if (revokes(pseudonym, found.get().tombstone(), token)) {
      return Future.succeededFuture(Outcome.refused(Refusal.TOKEN_REVOKED));
    }
    if (onlyAt.isPresent() && onlyAt.getAsLong() != found.get().stamp().ver()) {
      return Future.succeededFuture(Outcome.refused(Refusal.STALE_VERSION));
    }
    var intent =
        new LedgerEntry.Erase(
            newId(),
            pseudonym,
            found.get().stamp().life(),
            actor,
            clock.instant().getEpochSecond(),
            mac(token));
    var life = new SubjectLife(pseudonym, intent.life());
    return notices
        .erased(subject, life, intent.erasureId())
        .compose(
            queued ->
                ledger
                    .append(
                        onlyAt.isPresent()
                            ? new LedgerEntry.EraseAt(intent, onlyAt.getAsLong())
                            : intent)
                    .compose(written -> hook.taken(ProtocolStep.ERASURE_INTENDED))
                    .compose(intended -> finish(record(intent.erasureId())))
                    .onFailure(queued::failed)
                    .compose(done -> queued.settle(done.isPresent()).map(done)))
        .map(this::outcome);
  }

  /** The erasure on a condition that has changed Redis, but of which the ledger was not told. */
  private Optional<ErasureRecord> unfinished(StoredSubject stored) {
    return stored
        .tombstone()
        .flatMap(stone -> ledger.index().erasure(stone.erasureId()))
        .filter(record -> record.inaccessibleAt().isEmpty());
  }

  private Outcome<Erasure> outcome(Optional<ErasureRecord> finished) {
    return finished
        .map(record -> Outcome.done(shown(record)))
        .orElseGet(() -> Outcome.refused(Refusal.STALE_VERSION));
  }

  /** The erasure of that id, as it stands. */
  public Outcome<Erasure> find(String erasureId) {
    return ledger
        .index()
        .erasure(erasureId)
        .filter(record -> record.inaccessibleAt().isPresent())
        .map(record -> Outcome.done(shown(record)))
        .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND));
  }

  private Erasure shown(ErasureRecord record) {
    return view.of(record).with(notices.ofErasure(record.erasureId()));
  }

  /**
   * Whether an erasure has revoked a token: one issued in its second or before, or the one that
   * asked for it.
   */
  public boolean revokes(String pseudonym, Optional<Tombstone> tombstone, TokenRef token) {
    var last = ledger.index().latestErasure(pseudonym);
    return last.map(record -> revokes(record.tokenIssuedBefore(), record.tokenDigest(), token))
            .orElse(false)
        || tombstone
            .map(
                stone ->
                    revokes(
                        stone.erasedAt(),
                        new String(stone.tokenDigest(), StandardCharsets.US_ASCII),
                        token))
            .orElse(false);
  }

  private boolean revokes(long erasedAt, String tokenMac, TokenRef token) {
    return token.issuedAt() <= erasedAt
        || (!token.digest().isEmpty() && tokenMac.equals(mac(token)));
  }

  private String mac(TokenRef token) {
    return token.digest().isEmpty() ? "" : keystore.pseudonyms().mac("token", token.digest());
  }

  /** Takes a person out again whom a restored or failed-over Redis has brought back. */
  public Future<Void> reapply(String pseudonym) {
    return ledger
        .index()
        .latestErasure(pseudonym)
        .map(
            record ->
                record.inaccessibleAt().isPresent()
                    ? scripts.run(record, Optional.empty()).<Void>mapEmpty()
                    : finish(record).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /** Takes out what a restored Redis has put aside for a hold that is over. */
  public Future<Void> reapplyReleases(String pseudonym) {
    return eachOf(
        ledger.index().everWithheld(pseudonym).stream()
            .filter(record -> record.erased().isPresent()),
        record -> scripts.run(record, Optional.empty()));
  }

  /** Finishes every erasure of a person that nothing holds back. */
  Future<Void> finishAll(String pseudonym) {
    return eachOf(
        ledger.index().unfinished().stream().filter(record -> record.pseudonym().equals(pseudonym)),
        this::finish);
  }

  /** Acts on a person, in turn with their erasures. */
  public <T> Future<T> inTurn(String pseudonym, Supplier<Future<T>> act) {
    return turns.take(pseudonym, act);
  }

  private static Future<Void> eachOf(
      Stream<ErasureRecord> records, Function<ErasureRecord, Future<?>> act) {
    return Future.join(records.map(act).toList()).mapEmpty();
  }

  /** Finishes what a crash interrupted. */
  public Future<Void> resume() {
    return finishAll(ledger.index().unfinished());
  }

  /** Finishes what has been due since a time or longer, and which a failure has interrupted. */
  Future<Void> finishDue(Instant since) {
    return finishAll(
        ledger.index().unfinished().stream()
            .filter(record -> !record.dueSince().isAfter(since))
            .toList());
  }

  private Future<Void> finishAll(List<ErasureRecord> unfinished) {
    var done = Future.<Void>succeededFuture();
    for (int from = 0; from < unfinished.size(); from += TOGETHER) {
      var some = unfinished.subList(from, Math.min(unfinished.size(), from + TOGETHER));
      done =
          done.transform(
              before ->
                  eachOf(some.stream(), this::finish)
                      .compose(
                          now ->
                              before.failed()
                                  ? Future.failedFuture(before.cause())
                                  : Future.succeededFuture()));
    }
    return done;
  }

  /**
   * As far as it goes: to the hold, if there is one. Empty when the person had changed before, so
   * that nothing was erased.
   */
  private Future<Optional<ErasureRecord>> finish(ErasureRecord record) {
    var id = record.erasureId();
    return turns.take(
        id,
        () -> {
          var now = ledger.index().erasure(id);
          if (now.isEmpty() || now.get().erased().isPresent() || ledger.index().waits(now.get())) {
            return Future.succeededFuture(now);
          }
          return unlearning
              .unlearn(new SubjectLife(now.get().pseudonym(), now.get().life()))
              .compose(modelBy -> scripts.run(now.get(), modelBy))
              .compose(said -> hook.taken(ProtocolStep.SUBJECT_REMOVED).map(said))
              .compose(ledger::append)
              .compose(written -> hook.taken(ProtocolStep.ERASURE_RECORDED))
              .map(recorded -> ledger.index().erasure(id));
        });
  }

  private ErasureRecord record(String erasureId) {
    return ledger
        .index()
        .erasure(erasureId)
        .orElseThrow(
            () -> new IllegalStateException("the ledger lost an erasure that it acknowledged"));
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
