package dev.lethe.vault;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.RankingBasis;
import dev.lethe.vault.consent.ReceiptSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Signs receipts of rankings. Nothing is signed about a person but what was disclosed of them, and
 * no field is called used that was not.
 */
final class RankingReceipts {
  private final Vertx vertx;
  private final RecentDisclosures recent;
  private final ReceiptSigner signer;
  private final Clock clock;

  RankingReceipts(Vertx vertx, RecentDisclosures recent, ReceiptSigner signer, Clock clock) {
    this.vertx = vertx;
    this.recent = recent;
    this.signer = signer;
    this.clock = clock;
  }

  Future<Outcome<String>> sign(VaultRequest.SignRanking request) {
    var basis = request.disclosure().flatMap(recent::take);
    var disclosed = basis.map(RankingBasis::fields).orElse(Set.of());
    if (basis.isPresent() != request.disclosure().isPresent()
        || !disclosed.containsAll(request.stated().fieldsUsed())) {
      return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
    }
    // Not on the event loop: a signature takes longer than most rankings that wait behind it.
    return vertx.executeBlocking(() -> signed(request, basis), false);
  }

  /** Runs on a worker. */
  private Outcome<String> signed(VaultRequest.SignRanking request, Optional<RankingBasis> basis) {
    var now = clock.instant();
    return now.isBefore(request.deadline())
        ? Outcome.done(signer.ranking(now, basis, request.stated()))
        : Outcome.refused(Refusal.UNAVAILABLE);
  }
}
