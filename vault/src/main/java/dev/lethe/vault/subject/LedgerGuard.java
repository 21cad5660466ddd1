package dev.lethe.vault.subject;

import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.RedisUnavailableException;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Stands between Redis and everybody who reads a person: what the ledger says was taken away is
 * taken away again before anything is shown. So a restored backup, a fail-over or an interrupted
 * change brings nothing back.
 */
public final class LedgerGuard {
  /** Re-applying once makes it so; a few more tries are for races with other writers. */
  private static final int MAX_TRIES = 8;

  private final SubjectStore store;
  private final Ledger ledger;
  private final Erasures erasures;
  private final Keystore keystore;
  private final Sealer sealer;
  private final RetentionRule retention;
  private final Clock clock;

  private final UnderWay underWay;
  private final Acts acts;
  private final Reductions reductions;

  /**
   * @param underWay shared by the guards of all connections to one Redis
   */
  public LedgerGuard(
      SubjectStore store,
      Ledger ledger,
      Erasures erasures,
      Keystore keystore,
      Sealer sealer,
      RetentionRule retention,
      UnderWay underWay,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.erasures = erasures;
    this.keystore = keystore;
    this.sealer = sealer;
    this.retention = retention;
    this.underWay = underWay;
    this.clock = clock;
    this.acts = new Acts(ledger.index());
    this.reductions = new Reductions(ledger, erasures, underWay, acts, keystore, sealer);
  }

  /** What is stored of a person, once it is no richer than the ledger allows. */
  Future<Optional<StoredSubject>> read(String pseudonym) {
    return read(pseudonym, MAX_TRIES);
  }

  /**
   * The same for who needs the grants alone; with everything else too when the store was behind.
   */
  Future<Optional<StoredSubject>> readGrants(String pseudonym) {
    long server = store.server();
    return store
        .read(Place.of(pseudonym), OpenSubject.grantFields())
        .compose(
            found ->
                inLine(pseudonym, found, server) ? Future.succeededFuture(found) : read(pseudonym));
  }

  /** The same of whoever the store is not behind the ledger about; empty for others. */
  Future<Optional<StoredSubject>> readGrantsInLine(String pseudonym) {
    long server = store.server();
    return store
        .read(Place.of(pseudonym), OpenSubject.grantFields())
        .map(found -> found.filter(stored -> inLine(pseudonym, found, server)));
  }

  private boolean inLine(String pseudonym, Optional<StoredSubject> found, long server) {
    return found
        .filter(stored -> !stored.erased())
        .map(
            stored ->
                stored.stamp().life() > erasedLife(pseudonym)
                    && missing(pseudonym, stored, server).isEmpty())
        .orElse(true);
  }

  private Future<Optional<StoredSubject>> read(String pseudonym, int tries) {
    long server = store.server();
    return store
        .read(pseudonym)
        .compose(
            found -> {
              if (found.isEmpty() || found.get().erased()) {
                return Future.succeededFuture(found);
              }
              var stored = found.get();
              if (tries == 0) {
                return Future.failedFuture(
                    new RedisUnavailableException(
                        "the store stays behind the ledger; nothing is shown"));
              }
              // First what was taken away in this life: a hold puts aside no more than was left.
              var missing = missing(pseudonym, stored, server);
              if (!missing.isEmpty()) {
                return reapply(pseudonym, stored, missing, server)
                    .compose(done -> read(pseudonym, tries - 1));
              }
              return stored.stamp().life() <= erasedLife(pseudonym)
                  ? erasures.reapply(pseudonym).compose(done -> read(pseudonym, tries - 1))
                  : Future.succeededFuture(found);
            });
  }

  /**
   * Brings the stored person in line with the ledger; used for everybody whom it names when the
   * store may have gone back in time.
   */
  public Future<Void> replay(String pseudonym) {
    return read(pseudonym).compose(found -> erasures.reapplyReleases(pseudonym));
  }

  /** Whether a life is restricted. */
  boolean isRestricted(SubjectLife subject) {
    return ledger
        .index()
        .restriction(subject.pseudonym())
        .filter(standing -> standing.life() == subject.life())
        .isPresent();
  }

  /** What is kept of a life: while it is restricted, nothing is dropped for its age or number. */
  RetentionRule retention(SubjectLife subject) {
    return isRestricted(subject) ? RetentionRule.EVERYTHING : retention;
  }

  /** The highest life that the ledger says was ended; 0 when none was. */
  long erasedLife(String pseudonym) {
    return ledger.index().erasedLife(pseudonym).orElse(0);
  }

  /** Which acts of the ledger people have seen. */
  Acts acts() {
    return acts;
  }

  /** Whether an erasure has revoked a token. */
  boolean revokes(String pseudonym, Optional<StoredSubject> found, TokenRef token) {
    return erasures.revokes(pseudonym, found.flatMap(StoredSubject::tombstone), token);
  }

  /**
   * Carries out a change, with what it takes away standing in the ledger before.
   *
   * @param server the run of the server that the base was read from
   * @param change makes it, told the number of the last entry of the ledger that it carries out
   */
  Future<ChangeResult> around(
      OpenSubject base,
      long version,
      Optional<Step.Reduction> reduction,
      long server,
      LongFunction<Future<ChangeResult>> change) {
    return reduction.isEmpty()
        ? change.apply(acts.seen(base))
        : reductions.around(base, version, reduction.get(), server, change);
  }

  /** The acts that the stored person lacks, but for one that is only not there yet. */
  private List<NumberedAct> missing(String pseudonym, StoredSubject stored, long server) {
    return acts.none(pseudonym)
        ? List.of()
        : underWay.without(
            pseudonym, server, () -> acts.unseen(Stored.sealedSubject(pseudonym, stored)));
  }

  private Future<Void> reapply(
      String pseudonym, StoredSubject stored, List<NumberedAct> missing, long server) {
    var lease = keystore.ring().leaseActive();
    return Future.succeededFuture(missing)
        .map(entries -> reduced(pseudonym, stored, entries))
        .map(
            revision ->
                stored.stamp().epoch() != lease.epoch() && keystore.rekeys(lease.epoch())
                    ? revision.rekey()
                    : revision)
        .map(
            revision ->
                revision.seal(
                    lease.epoch(), keystore.ring(), missing.get(missing.size() - 1).number()))
        .compose(
            revised ->
                store.change(
                    pseudonym,
                    new Change(
                        Optional.of(stored.stamp()),
                        new Stamp(stored.stamp().life(), revised.version(), revised.epoch()),
                        revised.set(),
                        revised.remove(),
                        Optional.empty(),
                        lease.until()),
                    server))
        .onComplete(ended -> lease.close())
        .mapEmpty();
  }

  private Revision reduced(String pseudonym, StoredSubject stored, List<NumberedAct> missing) {
    var subject = Stored.open(pseudonym, stored, keystore.ring(), sealer);
    // Beyond all that were ever shown: a version is never used twice.
    long version =
        missing.stream()
            .mapToLong(each -> each.act().version())
            .reduce(subject.version() + 1, Math::max);
    var now = Instant.ofEpochMilli(clock.millis());
    var revision = new Revision(subject, version, retention(subject.subject()), now);
    missing.forEach(each -> reductions.apply(each.act(), revision, subject.subject(), now));
    return revision;
  }
}
