package dev.lethe.vault.subject;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Reads and changes people for requests.
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
  private final Clock clock;
  private final Commits commits;
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
    this.clock = clock;
    this.commits = new Commits(store, guard, keystore, notices, unlearning);
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
              return commits.carryOut(caller, target, (Step.Commit<T>) step, lease);
            })
        .onComplete(ended -> lease.close());
  }

  private static <T> Future<Optional<Outcome<T>>> settled(Outcome<T> outcome) {
    return Future.succeededFuture(Optional.of(outcome));
  }

  private Commits.Target target(String pseudonym, Loaded loaded, long server) {
    if (loaded instanceof Loaded.Present present) {
      return new Commits.Target(Optional.of(present.stamp()), present.subject(), server);
    }
    var absent = (Loaded.Absent) loaded;
    var subject = new SubjectLife(pseudonym, absent.nextLife());
    return new Commits.Target(
        absent.stamp(),
        OpenSubject.begin(
            subject,
            absent.stamp().map(Stamp::ver).orElse(0L),
            guard.acts().last(pseudonym),
            sealer),
        server);
  }

  /** Whether a change of this life is remembered as made. */
  public Future<Boolean> remembers(SubjectLife subject, Step.Retry<?> retry) {
    return commits.remembers(subject, retry);
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
        found.get().stamp(), Stored.open(pseudonym, found.get(), keystore.ring(), sealer));
  }

  /** Whether nobody but the owner may be shown this life, and nothing may be added to it. */
  public boolean isRestricted(SubjectLife subject) {
    return guard.isRestricted(subject);
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
