package dev.lethe.vault.api;

import java.util.List;
import java.util.Optional;

/**
 * Some of those who agreed to training and of whom something is stored. A pass over all pages shows
 * everybody who stands during it at least once, perhaps more often.
 *
 * @param next where to go on; empty after the last page
 * @param busy whether the vault serves others meanwhile, who should not wait for a training
 */
public record TrainingPage(List<Trainee> trainees, Optional<String> next, boolean busy) {
  /** The cursor of the first page. */
  public static final String START = "0";

  public TrainingPage {
    trainees = List.copyOf(trainees);
  }

  /**
   * A person to learn from.
   *
   * @param disclosure for training
   * @param version of what is stored
   * @param contribution what is kept of what was counted before
   */
  public record Trainee(
      Disclosure disclosure, long version, Optional<SealedForTraining> contribution) {}
}
