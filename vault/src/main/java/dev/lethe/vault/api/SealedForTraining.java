package dev.lethe.vault.api;

/**
 * A text sealed under the epoch key of training, so that only the vault and a trainer open it, and
 * nobody once the epoch is destroyed. Made and opened by {@link TrainingSeal}.
 */
public record SealedForTraining(int epoch, byte[] blob) {
  @Override
  public String toString() {
    return "SealedForTraining[hidden]";
  }
}
