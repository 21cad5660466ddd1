package dev.lethe.vault.subject;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.RedisUnavailableException;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.function.LongFunction;

/**
 * What takes something away: how it comes into the ledger, and what an entry there does to a
 * person.
 */
record Reductions(
    Ledger ledger,
    Erasures erasures,
    UnderWay underWay,
    Acts acts,
    Keystore keystore,
    Sealer sealer) {
  /** {@link LedgerGuard#around} of an act that takes something away. */
  Future<ChangeResult> around(
      OpenSubject base,
      long version,
      Step.Reduction reduction,
      long server,
      LongFunction<Future<ChangeResult>> change) {
    var subject = base.subject();
    return erasures.inTurn(
        subject.pseudonym(),
        () ->
            // Else it would step over what another one before it has just written.
            acts.unseen(base).isEmpty()
                ? reduce(subject, entry(subject, version, reduction), server, change)
                : Future.succeededFuture(new ChangeResult.Lost()));
  }

  private Future<ChangeResult> reduce(
      SubjectLife subject,
      LedgerEntry entry,
      long server,
      LongFunction<Future<ChangeResult>> change) {
    var act = underWay.begin(subject.pseudonym(), ledger.entries(), server);
    return ledger
        .append(entry)
        .compose(
            written -> {
              act.written(written.seq());
              return change
                  .apply(written.seq())
                  .compose(
                      result ->
                          result instanceof ChangeResult.Changed
                              ? Future.succeededFuture(result)
                              : lapse(subject, act, written.seq()).map(result));
            })
        .onComplete(ended -> underWay.end(subject.pseudonym()));
  }

  /** Without this a later read would carry out what was decided about another state. */
  private Future<Void> lapse(SubjectLife subject, UnderWay.Act act, long number) {
    return act.lapse()
        ? ledger.append(new LedgerEntry.ActLapsed(subject.pseudonym(), number)).mapEmpty()
        : Future.failedFuture(
            new RedisUnavailableException("the act was carried out on another server"));
  }

  /**
   * @param version that the act leads to
   */
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

  /** Does what an entry says. */
  void apply(LedgerEntry.Reducing act, Revision revision, SubjectLife subject, Instant now) {
    if (act instanceof LedgerEntry.Withdraw withdraw) {
      revision.narrow(withdraw.purpose(), withdraw.fields(), now);
      revision.promise(now.plus(Unlearning.PROMISE)); // no trainer is asked here
    } else if (act instanceof LedgerEntry.Forget forget) {
      forget(revision, subject, forget);
    }
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

  private static String note(long version, Field field) {
    return "forget " + field.wireName() + " " + version;
  }
}
