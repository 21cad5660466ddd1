package dev.lethe.ranker.train;

/**
 * A data set that is not there, or not what it should be; the message is one line for who asked.
 */
public final class UnreadableDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableDataException(String message) {
    super(message);
  }

  public UnreadableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
