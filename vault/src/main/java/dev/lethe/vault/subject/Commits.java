package dev.lethe.vault.subject;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.SubjectRef;
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
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * Carries out one change of a person with what belongs to it: the notices of it are queued and what
 * it takes away stands in the ledger and is unlearned before the store is changed, and a retry is
 * recognised.
 */
record Commits(
    SubjectStore store,
    LedgerGuard guard,
    Keystore keystore,
    Notices notices,
    Unlearning unlearning) {

  /**
   * What a change starts from.
   *
   * @param stamp of what is stored, if anything is
   * @param server the run of the server that it was read from
   */
  record Target(Optional<Stamp> stamp, OpenSubject subject, long server) {}

  /** Empty when the race was lost. */
  <T> Future<Optional<Outcome<T>>> carryOut(
      Caller caller, Target target, Step.Commit<T> commit, EpochLease lease) {
    var revision = commit.revision();
    // Who changes before a rekeying rotation reaches them would pass for rekeyed.
    if (target.stamp().filter(stamp -> stamp.epoch() != lease.epoch()).isPresent()
        && keystore.rekeys(lease.epoch())) {
      revision.rekey();
    }
    return queueNotices(caller.subject(), target.subject(), commit.reduction())
        .compose(
            queued ->
                guard
                    .around(
                        target.subject(),
                        revision.version(),
                        commit.reduction(),
                        target.server(),
                        seen -> sealAndStore(caller, target, commit, lease, seen))
                    .onFailure(queued::failed)
                    .compose(
                        result ->
                            queued.settle(result instanceof ChangeResult.Changed).map(result)))
        .map(result -> outcome(commit, result));
  }

  private Future<Queued> queueNotices(
      SubjectRef person, OpenSubject subject, Optional<Step.Reduction> reduction) {
    return reduction.isPresent() && reduction.get() instanceof Step.Reduction.Withdrawal withdrawal
        ? notices.withdrawn(
            person,
            subject.subject(),
            withdrawal.purpose(),
            Revision.withdrawn(subject, withdrawal.purpose(), withdrawal.staying()))
        : Future.succeededFuture(Queued.NOTHING);
  }

  private Future<ChangeResult> sealAndStore(
      Caller caller, Target target, Step.Commit<?> commit, EpochLease lease, long seen) {
    var revision = commit.revision();
    return unlearned(target.subject(), commit.reduction(), caller.deadline())
        .compose(
            modelBy -> {
              modelBy.ifPresent(revision::promise);
              var sealed = revision.seal(lease.epoch(), keystore.ring(), seen);
              return store.change(
                  target.subject().subject().pseudonym(),
                  change(target, sealed, commit, lease.until()),
                  target.server());
            });
  }

  /** Takes out of what was learned what a reduction takes from training. */
  private Future<Optional<Instant>> unlearned(
      OpenSubject subject, Optional<Step.Reduction> reduction, Instant deadline) {
    return reduction.filter(Step.Reduction::concernsTraining).isPresent()
        ? unlearning.unlearn(subject, deadline)
        : Future.succeededFuture(Optional.empty());
  }

  private Change change(Target target, SealedRevision sealed, Step.Commit<?> commit, long until) {
    var subject = target.subject().subject();
    return new Change(
        target.stamp(),
        new Stamp(subject.life(), sealed.version(), sealed.epoch()),
        sealed.set(),
        sealed.remove(),
        commit.retry().map(retry -> remembered(subject, retry)),
        until);
  }

  private <T> Optional<Outcome<T>> outcome(Step.Commit<T> commit, ChangeResult result) {
    if (result instanceof ChangeResult.Seen seen) {
      return Optional.of(seenBefore(commit, seen.value()));
    }
    return result instanceof ChangeResult.Changed
        ? Optional.of(Outcome.done(commit.answer().get()))
        : Optional.empty();
  }

  private <T> Outcome<T> seenBefore(Step.Commit<T> commit, byte[] value) {
    var retry = commit.retry().orElseThrow();
    return IdempotencyRecord.answer(retry, value, keystore.pseudonyms())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(Refusal.KEY_REUSED));
  }

  /** Whether a change of this life is remembered as made. */
  Future<Boolean> remembers(SubjectLife subject, Step.Retry<?> retry) {
    return store
        .idempotency(subject.pseudonym(), remembered(subject, retry).keySuffix())
        .map(Optional::isPresent);
  }

  private Change.Idempotent remembered(SubjectLife subject, Step.Retry<?> retry) {
    return IdempotencyRecord.of(retry, subject.life(), keystore.pseudonyms());
  }
}
