package dev.lethe.vault.api;

import java.util.Set;

/**
 * What is being counted of a person, to be kept with what is stored of them.
 *
 * @param version of what was disclosed; it is kept only while that stands
 */
public record Contribution(String pseudonym, long life, long version, SealedForTraining sealed) {
  /** The field that it is counted from, and sealed under a key of. */
  public static final Field FIELD = Field.HISTORY;

  /** What a trainer learns from in all: what is taken from it is to be unlearned. */
  public static final Set<Field> LEARNED_FROM =
      Set.of(Field.HISTORY, Field.SEARCHES, Field.PREFERENCES);

  @Override
  public String toString() {
    return "Contribution[hidden]";
  }
}
