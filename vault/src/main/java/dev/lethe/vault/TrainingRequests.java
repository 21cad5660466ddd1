package dev.lethe.vault;

import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingPage;
import dev.lethe.vault.api.TrainingPage.Trainee;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.Trainees;
import dev.lethe.vault.training.EpochTrainingSeal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What a trainer asks for: whom to learn from, and to keep what it counts of each. */
record TrainingRequests(Trainees trainees, Disclosures disclosures, EpochTrainingSeal seal) {

  Future<Outcome<TrainingPage>> disclose(VaultRequest.DiscloseForTraining request) {
    return trainees.page(request.cursor(), this::trainee).map(Outcome::done);
  }

  private Optional<Trainee> trainee(OpenSubject subject) {
    // Who did not agree is not so much as asked for, and has no entry in their access log.
    if (subject.consents().fields(Purpose.TRAINING).isEmpty()) {
      return Optional.empty();
    }
    return disclosures.forTraining(subject) instanceof DisclosureAnswer.Disclosed disclosed
        ? Optional.of(new Trainee(disclosed.disclosure(), subject.version(), seal.kept(subject)))
        : Optional.empty();
  }

  Future<Outcome<List<Boolean>>> keep(VaultRequest.KeepContributions request) {
    return trainees.keep(request.contributions()).map(Outcome::done);
  }
}
