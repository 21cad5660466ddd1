package dev.lethe.vault.erasure;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import dev.lethe.vault.ledger.Standing;
import io.vertx.core.Future;
import java.util.OptionalLong;

/**
 * Puts people under a legal hold or a restriction, and takes them out of it. The ledger alone knows
 * the states, so no restored copy of Redis changes them.
 */
public record Holds(Ledger ledger, Erasures erasures) {

  /**
   * Changes a state, in turn with the erasures of the person. The end of a hold carries out what
   * waited for it; if that fails, the watch over erasures does the rest, or whoever asks again.
   *
   * @param life of the person as stored; empty when nothing is
   * @return {@code NOT_FOUND} when nothing is stored that could be held or restricted, or the
   *     person was never heard of
   */
  public Future<Outcome<SubjectState>> change(
      Act act, String pseudonym, OptionalLong life, String actor) {
    return erasures.inTurn(
        pseudonym,
        () -> {
          var erased = ledger.index().erasedLife(pseudonym).orElse(0);
          boolean alive = life.orElse(0) > erased;
          if (!alive && erased == 0) {
            return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
          }
          if (stands(act, pseudonym)) {
            return settled(act, pseudonym);
          }
          if (begins(act) && !alive) {
            return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
          }
          return ledger
              .append(new LedgerEntry.StateChange(act, pseudonym, life.orElse(0), actor))
              .compose(written -> settled(act, pseudonym));
        });
  }

  private static boolean begins(Act act) {
    return act == Act.HOLD || act == Act.RESTRICT;
  }

  /** Whether it is so already. */
  private boolean stands(Act act, String pseudonym) {
    return switch (act) {
      case HOLD -> ledger.index().hold(pseudonym).isPresent();
      case RELEASE -> ledger.index().hold(pseudonym).isEmpty();
      case RESTRICT -> ledger.index().restriction(pseudonym).isPresent();
      case UNRESTRICT -> ledger.index().restriction(pseudonym).isEmpty();
    };
  }

  private Future<Outcome<SubjectState>> settled(Act act, String pseudonym) {
    var carriedOut =
        act == Act.RELEASE ? erasures.finishAll(pseudonym) : Future.<Void>succeededFuture();
    return carriedOut.map(done -> Outcome.done(state(pseudonym)));
  }

  private SubjectState state(String pseudonym) {
    return new SubjectState(
        ledger.index().hold(pseudonym).map(Standing::since),
        ledger.index().restriction(pseudonym).map(Standing::since));
  }
}
