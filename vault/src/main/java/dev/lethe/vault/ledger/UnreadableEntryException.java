package dev.lethe.vault.ledger;

/** The chain holds, but this program does not understand an entry of the ledger. */
public final class UnreadableEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableEntryException(String what) {
    super(what);
  }

  UnreadableEntryException(String what, Throwable cause) {
    super(what, cause);
  }
}
