package dev.lethe.vault.api;

import java.util.Optional;

/**
 * Seals what a trainer keeps or hands out under the epoch key of training, and reaches no other
 * key. Made by the vault for the trainer.
 */
public interface TrainingSeal {
  /** The epoch that is sealed under now. */
  int epoch();

  /** Seals what was counted of a person in one life. */
  SealedForTraining contribution(String pseudonym, long life, byte[] plaintext);

  /** Opens it again; empty when it is of somebody else, was changed, or its epoch is gone. */
  Optional<byte[]> contribution(String pseudonym, long life, SealedForTraining sealed);

  /** Seals what was learned from everybody. */
  SealedForTraining model(byte[] plaintext);

  /** Opens it again; empty when it was changed or its epoch is gone. */
  Optional<byte[]> model(SealedForTraining sealed);
}
