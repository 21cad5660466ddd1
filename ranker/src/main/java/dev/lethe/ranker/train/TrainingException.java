package dev.lethe.ranker.train;

/** Why a training ended early, in words that name nobody; it is begun again. */
final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingException(String message) {
    super(message);
  }
}
