package dev.lethe.bench;

/** A bench cannot be run, or what it measured did not work; the message says so in one line. */
public final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BenchException(String message) {
    super(message);
  }

  public BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
