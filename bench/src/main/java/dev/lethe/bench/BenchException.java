package dev.lethe.bench;

/** A bench cannot be run, or what it measured did not work; the message says so in one line. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchException(String message) {
    super(message);
  }

  BenchException(String message, Throwable cause) {
    super(message, cause);
  }
}
