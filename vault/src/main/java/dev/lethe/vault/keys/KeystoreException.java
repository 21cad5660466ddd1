package dev.lethe.vault.keys;

/** The keystore cannot be used; the message says in one line what is wrong and what to do. */
public final class KeystoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeystoreException(String message) {
    super(message);
  }

  KeystoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
