package dev.lethe.vault.redis;

/**
 * Redis cannot be asked at present: it is away, too slow, loading, full or set up wrongly. The
 * message is one line that says which. Whether a command that was under way took effect is unknown.
 */
public final class RedisUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RedisUnavailableException(String what) {
    super(what, null, false, false);
  }

  /** Keeps the reason's message, wraps anything of another type. */
  static RedisUnavailableException of(String what, Throwable reason) {
    if (reason instanceof RedisUnavailableException known) {
      return known;
    }
    var message = reason.getMessage();
    return new RedisUnavailableException(
        what + ": " + (message == null ? reason.getClass().getSimpleName() : message));
  }
}
