package dev.lethe.vault.crypto;

/**
 * A sealed blob did not open: wrong key, wrong place, changed bytes or an unknown format. Which of
 * them is not said.
 */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableException(String what) {
    super(what, null, false, false);
  }
}
