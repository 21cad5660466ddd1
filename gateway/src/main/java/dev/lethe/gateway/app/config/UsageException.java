package dev.lethe.gateway.app.config;

/** An option, variable or key that cannot be taken; its message is one line for who typed it. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
