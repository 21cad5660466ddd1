package dev.lethe.vault.erasure;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.EraseResult;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.redis.Tombstone;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Erases people. The intent stands in the ledger before Redis is changed, and again, with the epoch
 * that was removed, after it; so an erasure that a crash interrupts is finished at the next start,
 * and every receipt can be made again from the ledger.
 */
public final class Erasures {
  private static final int ID_BYTES = 16;

  private final SubjectStore store;
  private final Ledger ledger;
  private final Keystore keystore;
  private final ErasureView view;
  private final DeletionPromise promise;
  private final SecureRandom random;
  private final Clock clock;

  /**
   * Erasures of people and endings of erasures that are under way here, by pseudonym or erasure id;
   * whoever comes meanwhile waits for the same.
   */
  private final ConcurrentHashMap<String, Future<?>> underWay = new ConcurrentHashMap<>();

  public Erasures(
      SubjectStore store,
      Ledger ledger,
      Keystore keystore,
      ErasureView view,
      DeletionPromise promise,
      SecureRandom random,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.keystore = keystore;
    this.view = view;
    this.promise = promise;
    this.random = random;
    this.clock = clock;
  }

  /**
   * Erases the caller's subject; the same erasure again when that is done already and nothing new
   * was stored.
   */
  public Future<Outcome<Erasure>> erase(Caller caller, String actor) {
    var pseudonym = keystore.pseudonyms().of(caller.subject());
    return once(
        pseudonym,
        () ->
            store.read(pseudonym).compose(found -> erase(pseudonym, found, caller.token(), actor)));
  }

  private Future<Outcome<Erasure>> erase(
      String pseudonym, Optional<StoredSubject> found, TokenRef token, String actor) {
    var last = ledger.index().latestErasure(pseudonym);
    long erasedLife = last.map(ErasureRecord::life).orElse(0L);
    boolean alive =
        found.isPresent() && !found.get().erased() && found.get().stamp().life() > erasedLife;
    if (!alive) {
      return last.map(record -> finish(record).map(finished -> Outcome.done(view.of(finished))))
          .orElseGet(() -> Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND)));
    }
    if (revokes(pseudonym, found.get().tombstone(), token)) {
      return Future.succeededFuture(Outcome.refused(Refusal.TOKEN_REVOKED));
    }
    var intent =
        new LedgerEntry.Erase(
            newId(),
            pseudonym,
            found.get().stamp().life(),
            actor,
            clock.instant().getEpochSecond(),
            mac(token));
    return ledger
        .append(intent)
        .compose(written -> finish(record(intent.erasureId())))
        .map(finished -> Outcome.done(view.of(finished)));
  }

  /** The erasure of that id, as it stands. */
  public Outcome<Erasure> find(String erasureId) {
    return ledger
        .index()
        .erasure(erasureId)
        .filter(record -> record.erased().isPresent())
        .map(record -> Outcome.done(view.of(record)))
        .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND));
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
                record.erased().isPresent()
                    ? runScript(record).<Void>mapEmpty()
                    : finish(record).<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /** Finishes what a crash interrupted. */
  public Future<Void> resume() {
    var endings = new ArrayList<Future<ErasureRecord>>();
    ledger.index().unfinished().forEach(record -> endings.add(finish(record)));
    return Future.all(List.copyOf(endings)).mapEmpty();
  }

  private Future<ErasureRecord> finish(ErasureRecord record) {
    if (record.erased().isPresent()) {
      return Future.succeededFuture(record);
    }
    return once(
        record.erasureId(),
        () ->
            runScript(record)
                .compose(
                    epoch ->
                        ledger.append(
                            new LedgerEntry.Erased(record.erasureId(), epoch, promise.by(epoch))))
                .map(written -> record(record.erasureId())));
  }

  /**
   * Answers the highest epoch that the removed grants stood under; the active one when the store
   * had nothing left to say.
   */
  private Future<Integer> runScript(ErasureRecord record) {
    return store
        .erase(
            record.pseudonym(),
            record.life(),
            record.erasureId(),
            record.tokenIssuedBefore(),
            record.tokenDigest().getBytes(StandardCharsets.US_ASCII))
        .map(
            result ->
                result instanceof EraseResult.Erased erased
                    ? erased.highestEpoch()
                    : keystore.ring().active());
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

  /** Runs an act unless it is under way already, and then waits for that one. */
  @SuppressWarnings("unchecked")
  private <T> Future<T> once(String key, Supplier<Future<T>> act) {
    var promise = Promise.<T>promise();
    var running = (Future<T>) underWay.putIfAbsent(key, promise.future());
    if (running != null) {
      return running;
    }
    return Future.<Void>succeededFuture()
        .compose(start -> act.get())
        .onComplete(
            ended -> {
              underWay.remove(key, promise.future());
              if (ended.succeeded()) {
                promise.complete(ended.result());
              } else {
                promise.fail(ended.cause());
              }
            });
  }
}
