package dev.lethe.ranker.eval;

/**
 * A data set that is not there, or not what it should be; the message is one line for who asked.
 */
public final class UnreadableDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableDataException(String message) {
    super(message);
  }

  UnreadableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
