package dev.lethe.vault.api;

/**
 * What is being counted of a person, to be kept with what is stored of them.
 *
 * @param version of what was disclosed; it is kept only while that stands
 */
public record Contribution(String pseudonym, long life, long version, SealedForTraining sealed) {
  /** The field that it is counted from; changes of others leave it as it is. */
  public static final Field FIELD = Field.HISTORY;

  @Override
  public String toString() {
    return "Contribution[hidden]";
  }
}
