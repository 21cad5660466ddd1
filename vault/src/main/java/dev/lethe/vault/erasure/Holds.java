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
import java.util.function.Supplier;

/**
 * Puts people under a legal hold or a restriction, and takes them out of it. The ledger alone knows
 * the states, so no restored copy of Redis changes them.
 */
public record Holds(Ledger ledger, Erasures erasures) {

  /**
   * Changes a state, in turn with the erasures of the person. The end of a hold carries out what
   * waited for it; if that fails, the watch over erasures does the rest, or whoever asks again.
   *
   * @param life reads the life of the person as stored, empty when nothing is; not asked for the
   *     end of what the ledger knows, which nothing that befell Redis may prevent
   * @return {@code NOT_FOUND} when nothing is stored that could be held or restricted, or the
   *     person was never heard of
   */
  public Future<Outcome<SubjectState>> change(
      Act act, String pseudonym, Supplier<Future<Outcome<OptionalLong>>> life, String actor) {
    return erasures.inTurn(
        pseudonym,
        () -> {
          long erased = ledger.index().erasedLife(pseudonym).orElse(0);
          boolean stands = stands(act, pseudonym);
          if (!begins(act) && !stands) {
            return write(act, pseudonym, 0, actor);
          }
          if (!begins(act) && erased > 0) {
            return settled(act, pseudonym);
          }
          return life.get()
              .compose(
                  read -> {
                    if (read instanceof Outcome.Refused<OptionalLong> refused) {
                      return Future.succeededFuture(Outcome.refused(refused.reason()));
                    }
                    long stored = ((Outcome.Done<OptionalLong>) read).value().orElse(0);
                    boolean alive = stored > erased;
                    if (stands && (alive || erased > 0)) {
                      return settled(act, pseudonym);
                    }
                    return alive
                        ? write(act, pseudonym, stored, actor)
                        : Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
                  });
        });
  }

  private Future<Outcome<SubjectState>> write(Act act, String pseudonym, long life, String actor) {
    return ledger
        .append(new LedgerEntry.StateChange(act, pseudonym, life, actor))
        .compose(written -> settled(act, pseudonym));
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
