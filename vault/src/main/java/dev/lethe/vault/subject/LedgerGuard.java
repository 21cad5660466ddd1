package dev.lethe.vault.subject;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.RedisUnavailableException;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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

  /**
   * Acts whose entry is written and whose change is under way here: not behind, only not there yet.
   */
  private final Set<SubjectVersion> underWay = ConcurrentHashMap.newKeySet();

  private record SubjectVersion(String pseudonym, long life, long version) {}

  public LedgerGuard(
      SubjectStore store,
      Ledger ledger,
      Erasures erasures,
      Keystore keystore,
      Sealer sealer,
      RetentionRule retention,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.erasures = erasures;
    this.keystore = keystore;
    this.sealer = sealer;
    this.retention = retention;
    this.clock = clock;
  }

  /** What is stored of a person, once it is no richer than the ledger allows. */
  Future<Optional<StoredSubject>> read(String pseudonym) {
    return read(pseudonym, MAX_TRIES);
  }

  /**
   * The same for who needs the grants alone; with everything else too when the store was behind.
   */
  Future<Optional<StoredSubject>> readGrants(String pseudonym) {
    return store
        .read(Place.of(pseudonym), OpenSubject.grantFields())
        .compose(
            found -> inLine(pseudonym, found) ? Future.succeededFuture(found) : read(pseudonym));
  }

  private boolean inLine(String pseudonym, Optional<StoredSubject> found) {
    return found
        .filter(stored -> !stored.erased())
        .map(StoredSubject::stamp)
        .map(stamp -> stamp.life() > erasedLife(pseudonym) && missing(pseudonym, stamp).isEmpty())
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
              var missing = missing(pseudonym, stored.stamp());
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

  /** Whether an erasure has revoked a token. */
  boolean revokes(String pseudonym, Optional<StoredSubject> found, TokenRef token) {
    return erasures.revokes(pseudonym, found.flatMap(StoredSubject::tombstone), token);
  }

  /** Carries out a change, with what it takes away standing in the ledger before. */
  <R> Future<R> around(
      SubjectLife subject,
      long version,
      Optional<Step.Reduction> reduction,
      Supplier<Future<R>> change) {
    if (reduction.isEmpty()) {
      return change.get();
    }
    var mark = new SubjectVersion(subject.pseudonym(), subject.life(), version);
    underWay.add(mark);
    return ledger
        .append(entry(subject, version, reduction.get()))
        .compose(written -> change.get())
        .onComplete(ended -> underWay.remove(mark));
  }

  private LedgerEntry entry(SubjectLife subject, long version, Step.Reduction reduction) {
    if (reduction instanceof Step.Reduction.Withdrawal withdrawal) {
      return new LedgerEntry.Withdraw(
          subject.pseudonym(), subject.life(), version, withdrawal.purpose(), withdrawal.staying());
    }
    var forgetting = (Step.Reduction.Forgetting) reduction;
    int epoch = keystore.ring().active();
    var key =
        keystore
            .ring()
            .key(epoch, Purpose.SELF)
            .orElseThrow(() -> new IllegalStateException("the active epoch has no key"));
    var detail =
        sealer.sealNote(
            key,
            note(version, forgetting.field()),
            subject,
            ForgetFilterCodec.encode(forgetting.filter()));
    return new LedgerEntry.Forget(
        subject.pseudonym(), subject.life(), version, forgetting.field(), epoch, detail);
  }

  private static String note(long version, Field field) {
    return "forget " + field.wireName() + " " + version;
  }

  /** The acts of this life that the stored person has not seen, oldest first. */
  private List<LedgerEntry.Reducing> missing(String pseudonym, Stamp stamp) {
    return ledger.index().reducing(pseudonym).stream()
        .filter(entry -> entry.life() == stamp.life() && entry.version() > stamp.ver())
        .filter(
            entry ->
                !underWay.contains(new SubjectVersion(pseudonym, entry.life(), entry.version())))
        .sorted(Comparator.comparingLong(LedgerEntry.Reducing::version))
        .toList();
  }

  private Future<Void> reapply(
      String pseudonym, StoredSubject stored, List<LedgerEntry.Reducing> missing, long server) {
    var lease = keystore.ring().leaseActive();
    return Future.succeededFuture(missing)
        .map(entries -> reduced(pseudonym, stored, entries))
        .map(
            revision ->
                stored.stamp().epoch() != lease.epoch() && keystore.rekeys(lease.epoch())
                    ? revision.rekey()
                    : revision)
        .map(revision -> revision.seal(lease.epoch(), keystore.ring()))
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

  private Revision reduced(
      String pseudonym, StoredSubject stored, List<LedgerEntry.Reducing> missing) {
    var subject =
        OpenSubject.open(Stored.sealedSubject(pseudonym, stored), keystore.ring(), sealer);
    long version = missing.get(missing.size() - 1).version();
    var now = Instant.ofEpochMilli(clock.millis());
    var revision = new Revision(subject, version, retention(subject.subject()), now);
    for (var entry : missing) {
      if (entry instanceof LedgerEntry.Withdraw withdraw) {
        revision.decide(withdraw.purpose(), withdraw.fields(), now);
      } else if (entry instanceof LedgerEntry.Forget forget) {
        forget(revision, subject.subject(), forget);
      }
    }
    return revision;
  }

  private void forget(Revision revision, SubjectLife subject, LedgerEntry.Forget forget) {
    var key = keystore.ring().key(forget.epoch(), Purpose.SELF);
    // Without its epoch the entry is older than every copy of Redis that can be read at all.
    key.ifPresent(
        epochKey ->
            revision.forget(
                forget.field(),
                ForgetFilterCodec.decode(
                    sealer.openNote(
                        epochKey,
                        note(forget.version(), forget.field()),
                        subject,
                        forget.sealedFilter()))));
  }
}
