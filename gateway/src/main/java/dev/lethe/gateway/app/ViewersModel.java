package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.train.Cohort;
import dev.lethe.ranker.train.ModelFile;
import dev.lethe.ranker.train.Trainer;
import dev.lethe.ranker.train.TrainerVerticle;
import dev.lethe.ranker.train.TrainingRule;
import dev.lethe.vault.Vault;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.process.Niceness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Learns from viewers who agreed to training, unless it is not to be done.
 *
 * @param folder of the model
 */
record ViewersModel(Config.Model config, Path folder, Models models, Clock clock) {
  private static final double L2 = 200;
  private static final long SEED = 1;

  /**
   * Who learns; empty when nobody does, and then nothing of an earlier model is left here.
   *
   * @throws FailedException when it cannot be taken away
   */
  Optional<TrainerVerticle> trainer(Vault vault, VaultClient client) {
    var seal = vault.trainingSeal();
    var file = new ModelFile(folder, seal);
    if (!config.training()) {
      delete(file);
      return Optional.empty();
    }
    return Optional.of(
        new TrainerVerticle(
            client,
            vault.openerFor(Purpose.TRAINING),
            seal,
            models,
            file,
            new TrainingRule(
                new Trainer(L2, config.minPeople()),
                Cohort.titles(Runtime.getRuntime().maxMemory()),
                config.trainEvery(),
                SEED),
            Niceness::lowerThisThread,
            clock));
  }

  private void delete(ModelFile file) {
    try {
      file.delete();
    } catch (IOException e) {
      throw new FailedException("the model in " + folder + " cannot be taken away", e);
    }
  }
}
