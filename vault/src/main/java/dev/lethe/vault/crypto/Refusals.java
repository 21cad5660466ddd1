package dev.lethe.vault.crypto;

/** Is told of every sealed blob that was refused. Called on any thread; must not block. */
@FunctionalInterface
public interface Refusals {
  /** Tells nobody. */
  Refusals UNHEARD = (pseudonym, blob) -> {};

  /**
   * A blob of a subject did not open, or is not the one that should stand there.
   *
   * @param blob the name of its hash field, or the kind of a note
   */
  void refused(String pseudonym, String blob);
}
