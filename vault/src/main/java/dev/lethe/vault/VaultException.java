package dev.lethe.vault;

/** The vault cannot be started; the message says in one line what is wrong and what to do. */
public final class VaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VaultException(String message) {
    super(message, null, false, false);
  }
}
