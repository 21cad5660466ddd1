package dev.lethe.ranker;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Asks the vault what may be used to rank for a person. Whatever the vault does or fails to do
 * within the budget becomes an answer; only a revoked token stops the ranking.
 */
final class Consultation {
  private final VaultClient vault;
  private final DisclosureOpener opener;
  private final VaultBudget budget;

  Consultation(VaultClient vault, DisclosureOpener opener, VaultBudget budget) {
    if (opener.purpose() != Purpose.PERSONALIZATION) {
      throw new IllegalArgumentException("the ranker opens disclosures for personalization only");
    }
    this.vault = vault;
    this.opener = opener;
    this.budget = budget;
  }

  /**
   * Never fails.
   *
   * @param receipt the name under which the vault finds its answer again, for a receipt
   */
  Future<Consulted> about(Caller caller, Optional<String> receipt) {
    var hurried =
        new Caller(
            caller.subject(), caller.token(), budget.within(caller.deadline()), caller.traceId());
    var question = new VaultRequest.Disclose(hurried, Purpose.PERSONALIZATION, receipt);
    return disclosed(question, true)
        .recover(
            failure -> {
              Failures.log("asking the vault", failure);
              return Future.succeededFuture(Consulted.nothing(Ranking.Reason.VAULT_UNAVAILABLE));
            });
  }

  private Future<Consulted> disclosed(VaultRequest.Disclose question, boolean mayAskAgain) {
    return vault
        .<DisclosureAnswer>ask(question)
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.Done<DisclosureAnswer> done) {
                return answered(done.value(), question, mayAskAgain);
              }
              var reason = ((Outcome.Refused<DisclosureAnswer>) outcome).reason();
              return Future.succeededFuture(
                  reason == Outcome.Refusal.TOKEN_REVOKED
                      ? new Consulted.Stopped(reason)
                      : Consulted.nothing(Ranking.Reason.VAULT_UNAVAILABLE));
            });
  }

  private Future<Consulted> answered(
      DisclosureAnswer answer, VaultRequest.Disclose question, boolean mayAskAgain) {
    if (answer instanceof DisclosureAnswer.NoConsent) {
      return Future.succeededFuture(Consulted.nothing(Ranking.Reason.NO_CONSENT));
    }
    if (answer instanceof DisclosureAnswer.Restricted) {
      return Future.succeededFuture(Consulted.nothing(Ranking.Reason.RESTRICTED));
    }
    if (answer instanceof DisclosureAnswer.NoData) {
      return Future.succeededFuture(Consulted.nothing(Ranking.Reason.NO_DATA));
    }
    Disclosure disclosure = ((DisclosureAnswer.Disclosed) answer).disclosure();
    var opened = opener.open(disclosure);
    if (opened instanceof DisclosureOpener.Opened.Fields fields) {
      return Future.succeededFuture(known(fields, disclosure.consent()));
    }
    if (opened instanceof DisclosureOpener.Opened.EpochGone && mayAskAgain) {
      return disclosed(question, false);
    }
    return Future.succeededFuture(Consulted.nothing(Ranking.Reason.VAULT_UNAVAILABLE));
  }

  private static Consulted known(DisclosureOpener.Opened.Fields fields, ConsentRef consent) {
    boolean whole = fields.unreadable().isEmpty();
    if (fields.profile().fieldsWithData().isEmpty()) {
      // With something unreadable there is data, and nothing personal could be made of it.
      return Consulted.nothing(whole ? Ranking.Reason.NO_DATA : Ranking.Reason.VAULT_UNAVAILABLE);
    }
    return new Consulted.Known(
        fields.profile(),
        whole ? Ranking.Personalization.FULL : Ranking.Personalization.PARTIAL,
        whole ? Optional.empty() : Optional.of(Ranking.Reason.UNREADABLE),
        Optional.of(consent));
  }
}
