package dev.lethe.vault.api;

import java.util.Optional;

/**
 * Asks the trainer to take a person out of what was learned; sent by the vault before it takes away
 * what was learned from. Answers {@link Answer}. Without a trainer nobody consumes it.
 *
 * @param contribution what is kept of what was counted; empty when nothing is, or it does not open
 */
public record Unlearn(String pseudonym, long life, Optional<SealedForTraining> contribution)
    implements BusMessage {
  /** The bus address; it has one consumer. */
  public static final String ADDRESS = "lethe.trainer." + Unlearn.class.getSimpleName();

  /** What became of it. */
  public enum Answer implements BusMessage {
    /** Nothing that is served, and nothing that will be, was learned from this life. */
    GONE,
    /** It is not known what was counted: all is learned anew from those who are there. */
    LEARNED_ANEW
  }

  @Override
  public String toString() {
    return "Unlearn[hidden]";
  }
}
