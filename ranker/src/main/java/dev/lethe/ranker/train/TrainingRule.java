package dev.lethe.ranker.train;

import java.time.Duration;

/**
 * How it is learned from those who agreed to training.
 *
 * @param titles how many it is learned about, at most
 * @param every how long what was learned is served before it is learned anew
 * @param seed equal ones, with equal people, give equal models
 */
public record TrainingRule(Trainer trainer, int titles, Duration every, long seed) {
  public TrainingRule {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("no time between trainings: " + every);
    }
  }
}
