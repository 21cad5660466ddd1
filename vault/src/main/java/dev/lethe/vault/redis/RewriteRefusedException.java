package dev.lethe.vault.redis;

/**
 * This Redis does not rewrite its files for us, or does not let us see that old ones go: a
 * permission is missing, or it is set up so. Trying again mends nothing. The message is one line
 * that says which.
 */
public final class RewriteRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RewriteRefusedException(String what) {
    super(what, null, false, false);
  }

  /** Errors that a server answers are refusals, others stay what they are. */
  static Throwable of(Throwable failure) {
    return failure instanceof RedisReplyException
        ? new RewriteRefusedException(String.valueOf(failure.getMessage()))
        : failure;
  }
}
