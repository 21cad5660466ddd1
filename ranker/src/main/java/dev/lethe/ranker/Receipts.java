package dev.lethe.ranker;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RankingStatement;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * Has rankings signed by the vault. A ranking without its receipt is as good: whatever goes wrong
 * leaves the receipt out.
 */
final class Receipts {
  private final VaultClient vault;
  private final VaultBudget budget;

  Receipts(VaultClient vault, VaultBudget budget) {
    this.vault = vault;
    this.budget = budget;
  }

  /**
   * Never fails.
   *
   * @param disclosure the name of what the vault disclosed for it; empty when it was not asked
   */
  Future<Ranking> signed(Ranking ranking, Optional<String> disclosure, Instant deadline) {
    if (ranking.reason().equals(Optional.of(Ranking.Reason.VAULT_UNAVAILABLE))) {
      // Asked once more, a vault that hangs would cost its budget twice.
      return Future.succeededFuture(ranking);
    }
    return vault
        .<String>ask(
            new VaultRequest.SignRanking(disclosure, statement(ranking), budget.within(deadline)))
        .map(
            outcome ->
                outcome instanceof Outcome.Done<String> done
                    ? ranking.withReceipt(done.value())
                    : ranking)
        .recover(
            failure -> {
              Failures.log("asking for a receipt", failure);
              return Future.succeededFuture(ranking);
            });
  }

  private static RankingStatement statement(Ranking ranking) {
    return new RankingStatement(
        ranking.personalization().wireName(),
        ranking.reason().map(Ranking.Reason::wireName),
        ranking.fieldsUsed(),
        ranking.model(),
        RankingDigest.of(ranking.items()));
  }
}
