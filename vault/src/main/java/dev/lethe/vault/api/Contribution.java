package dev.lethe.vault.api;

/**
 * What is being counted of a person, to be kept with what is stored of them.
 *
 * @param version of what was disclosed; it is kept only while that stands
 */
public record Contribution(String pseudonym, long life, long version, SealedForTraining sealed) {
  @Override
  public String toString() {
    return "Contribution[hidden]";
  }
}
