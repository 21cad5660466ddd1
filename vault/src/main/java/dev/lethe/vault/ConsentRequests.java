package dev.lethe.vault;

import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.consent.ConsentTerms;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.subject.Step;
import dev.lethe.vault.subject.Step.Reduction;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a person agrees to, and the receipts of it. */
final class ConsentRequests {
  private final Subjects subjects;
  private final ReceiptSigner signer;
  private final ConsentTerms terms;

  /**
   * @param terms of the decisions that people take here
   */
  ConsentRequests(Subjects subjects, ReceiptSigner signer, ConsentTerms terms) {
    this.subjects = subjects;
    this.signer = signer;
    this.terms = terms;
  }

  Future<Outcome<Consents>> read(VaultRequest.ReadConsents request) {
    return subjects.read(
        request.caller(),
        found ->
            Outcome.done(found.map(OpenSubject::consents).orElse(ConsentRecord.NONE).toConsents()));
  }

  Future<Outcome<ConsentGiven>> put(VaultRequest.PutConsent request) {
    return subjects.revise(
        request.caller(), (subject, version) -> decide(request, subject, version));
  }

  private Step<ConsentGiven> decide(
      VaultRequest.PutConsent request, OpenSubject subject, long version) {
    if (subjects.isRestricted(subject.subject())
        && !subject.consents().fields(request.purpose()).containsAll(request.fields())) {
      return new Step.Refuse<>(Refusal.RESTRICTED);
    }
    if (request.ifMatch().isPresent()
        && request.ifMatch().getAsLong() != subject.consents().version()) {
      return new Step.Refuse<>(Refusal.STALE_VERSION);
    }
    // Also who says no to what is not consented to here: a store that was given up may know more.
    boolean onlyGives =
        Revision.withdrawn(subject, request.purpose(), request.fields()).isEmpty()
            && !subject.consents().fields(request.purpose()).containsAll(request.fields());
    Optional<Reduction> withdrawal =
        onlyGives
            ? Optional.empty()
            : Optional.of(
                new Reduction.Withdrawal(
                    request.purpose(),
                    request.fields(),
                    Revision.concernsTraining(subject, request.purpose(), request.fields())));
    var revision =
        subjects
            .revision(subject, version)
            .decide(request.purpose(), request.fields(), subjects.now(), terms);
    return new Step.Commit<ConsentGiven>(
        revision,
        () -> given(subject, request.purpose(), revision.consents()),
        withdrawal,
        Optional.empty());
  }

  private ConsentGiven given(OpenSubject subject, Purpose purpose, ConsentRecord after) {
    var decision = Objects.requireNonNull(after.decisions().get(purpose));
    return new ConsentGiven(
        after.toConsents(), receipt(subject, purpose, decision), decision.modelBy());
  }

  /** The receipts of the decisions in force, made again: equal to those given then. */
  List<String> receipts(OpenSubject subject) {
    return subject.consents().decisions().entrySet().stream()
        .map(decided -> receipt(subject, decided.getKey(), decided.getValue()))
        .toList();
  }

  private String receipt(OpenSubject subject, Purpose purpose, ConsentRecord.Decision decision) {
    var life = subject.subject();
    return signer.consent(life.pseudonym(), life.life(), purpose, decision);
  }
}
