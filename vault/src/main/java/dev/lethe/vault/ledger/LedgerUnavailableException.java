package dev.lethe.vault.ledger;

/** An entry could not be made durable: the disk refuses, too many wait, or the file is closed. */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailableException(String what) {
    super(what);
  }

  LedgerUnavailableException(String what, Throwable cause) {
    super(what, cause);
  }
}
