package dev.lethe.vault.subject;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.EpochLease;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.notice.Queued;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.profile.SealedRevision;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads and changes people.
 *
 * <p>Kept true: nobody is read past the ledger, which may know of more than Redis does; every
 * change is one compare-and-set on life, version and epoch, begun again from reading, in turn, when
 * it loses a race; and every change holds a lease on the epoch it seals under, so that a rotation
 * can wait for it.
 */
public final class Subjects {
  private final SubjectStore store;
  private final LedgerGuard guard;
  private final Keystore keystore;
  private final Sealer sealer;
  private final RetentionRule retention;
  private final Notices notices;
  private final Unlearning unlearning;
  private final Clock clock;
  private final Races races = new Races();

  public Subjects(
      SubjectStore store,
      LedgerGuard guard,
      Keystore keystore,
      Sealer sealer,
      RetentionRule retention,
      Notices notices,
      Unlearning unlearning,
      Clock clock) {
    this.store = store;
    this.guard = guard;
    this.keystore = keystore;
    this.sealer = sealer;
    this.retention = retention;
    this.notices = notices;
    this.unlearning = unlearning;
    this.clock = clock;
  }

  /** The pseudonym of the person that a request is about. */
  public String pseudonym(Caller caller) {
    return keystore.pseudonyms().of(caller.subject());
  }

  /** Looks at a person without changing anything. A stranger is shown as somebody with nothing. */
  public <T> Future<Outcome<T>> read(
      Caller caller, Function<Optional<OpenSubject>, Outcome<T>> view) {
    return follow(caller, found -> Future.succeededFuture(view.apply(found)));
  }

  /** Looks at a person and goes on to read what belongs to them. */
  public <T> Future<Outcome<T>> follow(
      Caller caller, Function<Optional<OpenSubject>, Future<Outcome<T>>> view) {
    return load(pseudonym(caller), caller.token())
        .compose(
            loaded -> {
              if (loaded instanceof Loaded.Revoked) {
                return Future.succeededFuture(Outcome.<T>refused(Refusal.TOKEN_REVOKED));
              }
              return view.apply(
                  loaded instanceof Loaded.Present present
                      ? Optional.of(present.subject())
                      : Optional.empty());
            })
        .recover(Failures::asOutcome);
  }

  /**
   * Changes a person.
   *
   * @param plan from the person and the version that a change would make; called again after each
   *     lost race
   */
  public <T> Future<Outcome<T>> revise(Caller caller, BiFunction<OpenSubject, Long, Step<T>> plan) {
    return Future.succeededFuture(pseudonym(caller))
        .compose(pseudonym -> races.win(pseudonym, () -> attempt(caller, pseudonym, plan)))
        .recover(Failures::asOutcome);
  }

  /** Empty when the race was lost. */
  private <T> Future<Optional<Outcome<T>>> attempt(
      Caller caller, String pseudonym, BiFunction<OpenSubject, Long, Step<T>> plan) {
    if (!clock.instant().isBefore(caller.deadline())) {
      return settled(Outcome.refused(Refusal.UNAVAILABLE));
    }
    var lease = keystore.ring().leaseActive();
    long server = store.server();
    return load(pseudonym, caller.token())
        .compose(
            loaded -> {
              if (loaded instanceof Loaded.Revoked) {
                return settled(Outcome.<T>refused(Refusal.TOKEN_REVOKED));
              }
              var target = target(pseudonym, loaded, server);
              var step = plan.apply(target.subject(), target.subject().version() + 1);
              if (step instanceof Step.Refuse<T> refuse) {
                return settled(Outcome.<T>refused(refuse.reason()));
              }
              if (step instanceof Step.Answer<T> answer) {
                return settled(Outcome.done(answer.value()));
              }
              return commit(caller, target, (Step.Commit<T>) step, lease);
            })
        .onComplete(ended -> lease.close());
  }

  private static <T> Future<Optional<Outcome<T>>> settled(Outcome<T> outcome) {
    return Future.succeededFuture(Optional.of(outcome));
  }

  /** What a change starts from, and on which run of the server it was read. */
  private record Target(Optional<Stamp> stamp, OpenSubject subject, long server) {}

  private Target target(String pseudonym, Loaded loaded, long server) {
    if (loaded instanceof Loaded.Present present) {
      return new Target(Optional.of(present.stamp()), present.subject(), server);
    }
    var absent = (Loaded.Absent) loaded;
    var subject = new SubjectLife(pseudonym, absent.nextLife());
    return new Target(
        absent.stamp(),
        OpenSubject.begin(
            subject,
            absent.stamp().map(Stamp::ver).orElse(0L),
            guard.acts().last(pseudonym),
            sealer),
        server);
  }

  /** Empty when the race was lost. */
  private <T> Future<Optional<Outcome<T>>> commit(
      Caller caller, Target target, Step.Commit<T> commit, EpochLease lease) {
    var revision = commit.revision();
    // Who changes before a rekeying rotation reaches them would pass for rekeyed.
    if (target.stamp().filter(stamp -> stamp.epoch() != lease.epoch()).isPresent()
        && keystore.rekeys(lease.epoch())) {
      revision.rekey();
    }
    var pseudonym = target.subject().subject().pseudonym();
    return notices(caller.subject(), target.subject(), commit.reduction())
        .compose(
            queued ->
                guard
                    .around(
                        target.subject(),
                        revision.version(),
                        commit.reduction(),
                        target.server(),
                        seen ->
                            unlearned(target.subject(), commit.reduction(), caller.deadline())
                                .compose(
                                    modelBy -> {
                                      modelBy.ifPresent(revision::promise);
                                      return store.change(
                                          pseudonym,
                                          change(
                                              target,
                                              revision.seal(lease.epoch(), keystore.ring(), seen),
                                              commit,
                                              lease.until()),
                                          target.server());
                                    }))
                    .onFailure(queued::failed)
                    .compose(
                        result ->
                            queued.settle(result instanceof ChangeResult.Changed).map(result)))
        .map(
            result -> {
              if (result instanceof ChangeResult.Seen seen) {
                return Optional.of(seenBefore(commit, seen.value()));
              }
              return result instanceof ChangeResult.Changed
                  ? Optional.of(Outcome.done(commit.answer().get()))
                  : Optional.empty();
            });
  }

  private Future<Queued> notices(
      SubjectRef person, OpenSubject subject, Optional<Step.Reduction> reduction) {
    return reduction.isPresent() && reduction.get() instanceof Step.Reduction.Withdrawal withdrawal
        ? notices.withdrawn(
            person,
            subject.subject(),
            withdrawal.purpose(),
            Revision.withdrawn(subject, withdrawal.purpose(), withdrawal.staying()))
        : Future.succeededFuture(Queued.NOTHING);
  }

  /** Takes out of what was learned what a reduction takes from training. */
  private Future<Optional<Instant>> unlearned(
      OpenSubject subject, Optional<Step.Reduction> reduction, Instant deadline) {
    return reduction.filter(Step.Reduction::concernsTraining).isPresent()
        ? unlearning.unlearn(subject, deadline)
        : Future.succeededFuture(Optional.empty());
  }

  private <T> Change change(
      Target target, SealedRevision sealed, Step.Commit<T> commit, long until) {
    var subject = target.subject().subject();
    return new Change(
        target.stamp(),
        new Stamp(subject.life(), sealed.version(), sealed.epoch()),
        sealed.set(),
        sealed.remove(),
        commit
            .retry()
            .map(retry -> IdempotencyRecord.of(retry, subject.life(), keystore.pseudonyms())),
        until);
  }

  private <T> Outcome<T> seenBefore(Step.Commit<T> commit, byte[] value) {
    var retry = commit.retry().orElseThrow();
    return IdempotencyRecord.answer(retry, value, keystore.pseudonyms())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(Refusal.KEY_REUSED));
  }

  /** Whether a change of this life is remembered as made. */
  public Future<Boolean> remembers(SubjectLife subject, Step.Retry<?> retry) {
    var record = IdempotencyRecord.of(retry, subject.life(), keystore.pseudonyms());
    return store.idempotency(subject.pseudonym(), record.keySuffix()).map(Optional::isPresent);
  }

  private Future<Loaded> load(String pseudonym, TokenRef token) {
    return guard.read(pseudonym).map(found -> loaded(pseudonym, found, token));
  }

  private Loaded loaded(String pseudonym, Optional<StoredSubject> found, TokenRef token) {
    if (guard.revokes(pseudonym, found, token)) {
      return new Loaded.Revoked();
    }
    var stamp = found.map(StoredSubject::stamp);
    if (found.isEmpty() || found.get().erased()) {
      long life = Math.max(stamp.map(Stamp::life).orElse(0L), guard.erasedLife(pseudonym));
      return new Loaded.Absent(stamp, life + 1);
    }
    return new Loaded.Present(
        found.get().stamp(),
        OpenSubject.open(Stored.sealedSubject(pseudonym, found.get()), keystore.ring(), sealer));
  }

  /**
   * Brings a person's grants under the active epoch and drops what retention no longer keeps.
   *
   * @param rekey whether what is stored is sealed under new field keys as well
   * @return whether it stands there now; false when the race was lost
   */
  public Future<Boolean> reseal(String pseudonym, boolean rekey) {
    var lease = keystore.ring().leaseActive();
    long server = store.server();
    return (rekey ? guard.read(pseudonym) : guard.readGrants(pseudonym))
        .compose(
            found -> {
              if (found.isEmpty()
                  || found.get().erased()
                  || found.get().stamp().epoch() == lease.epoch()) {
                return Future.succeededFuture(true);
              }
              var stored = Stored.sealedSubject(pseudonym, found.get());
              var subject = OpenSubject.open(stored, keystore.ring(), sealer);
              var revision = revision(subject, stored.version()).retire();
              var sealed =
                  (rekey ? revision.rekey() : revision)
                      .seal(lease.epoch(), keystore.ring(), guard.acts().seen(subject));
              var stamp = found.get().stamp();
              return store
                  .change(
                      pseudonym,
                      new Change(
                          Optional.of(stamp),
                          new Stamp(stamp.life(), sealed.version(), sealed.epoch()),
                          sealed.set(),
                          sealed.remove(),
                          Optional.empty(),
                          lease.until()),
                      server)
                  .map(ChangeResult.Changed.class::isInstance);
            })
        .onComplete(ended -> lease.close());
  }

  /**
   * What the keys of an epoch for a purpose could open of a person; empty when the person did not
   * stand under it.
   */
  public Future<Optional<Set<Field>>> exposed(String pseudonym, int epoch, Purpose purpose) {
    return guard
        .readGrants(pseudonym)
        .map(
            found ->
                found
                    .filter(stored -> !stored.erased() && stood(stored, epoch))
                    .map(stored -> Stored.sealedSubject(pseudonym, stored))
                    .map(stored -> OpenSubject.open(stored, keystore.ring(), sealer))
                    .map(subject -> subject.granted(purpose)));
  }

  static boolean stood(StoredSubject stored, int epoch) {
    return stored.born() <= epoch && epoch <= stored.stamp().epoch();
  }

  /**
   * Opens every grant of a person who is stored, and shows none to anybody.
   *
   * @return fails with {@code UnreadableException} when one does not open
   */
  public Future<Void> opens(String pseudonym) {
    return guard
        .readGrants(pseudonym)
        .compose(
            found -> {
              found
                  .filter(stored -> !stored.erased())
                  .map(stored -> Stored.sealedSubject(pseudonym, stored))
                  .ifPresent(
                      stored ->
                          OpenSubject.open(stored, keystore.ring(), sealer)
                              .requireGrants(keystore.ring()));
              return Future.succeededFuture();
            });
  }

  /** Whether nobody but the owner may be shown this life, and nothing may be added to it. */
  public boolean isRestricted(SubjectLife subject) {
    return guard.isRestricted(subject);
  }

  /** Whether a life is the present one, and none of the fields is consented to for a purpose. */
  public Future<Boolean> withdrawn(SubjectLife life, Purpose purpose, Set<Field> fields) {
    return guard
        .readGrants(life.pseudonym())
        .map(
            found ->
                found
                    .filter(stored -> !stored.erased() && stored.stamp().life() == life.life())
                    .map(stored -> Stored.sealedSubject(life.pseudonym(), stored))
                    .map(stored -> OpenSubject.open(stored, keystore.ring(), sealer))
                    .filter(
                        subject -> Collections.disjoint(subject.consents().fields(purpose), fields))
                    .isPresent());
  }

  /** The beginning of a change that makes the given version. */
  public Revision revision(OpenSubject subject, long version) {
    return new Revision(subject, version, retention(subject.subject()), now());
  }

  public RetentionRule retention() {
    return retention;
  }

  /** What is kept of a life: while it is restricted, nothing is dropped for its age or number. */
  public RetentionRule retention(SubjectLife subject) {
    return guard.retention(subject);
  }

  /** Now, in whole milliseconds, as everything is stored. */
  public Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
