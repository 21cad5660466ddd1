package dev.lethe.vault.subject;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.SealingLapsedException;
import dev.lethe.vault.ledger.LedgerUnavailableException;
import dev.lethe.vault.redis.RedisUnavailableException;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which failures are expected and answered as such; all others are bugs and go on as they are. */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * {@code UNAVAILABLE} for a store or ledger that is away, for a node that may not seal, and for
   * what does not open. The last is not said here: whoever writes to Redis could fill the log. Who
   * opened it has told {@link dev.lethe.vault.crypto.Refusals}.
   */
  public static <T> Future<Outcome<T>> asOutcome(Throwable failure) {
    if (failure instanceof UnreadableException) {
      LOG.debug("a stored blob was refused: {}", failure.getMessage());
      return Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    }
    if (failure instanceof RedisUnavailableException
        || failure instanceof LedgerUnavailableException
        || failure instanceof SealingLapsedException) {
      LOG.warn("refused for now: {}", failure.getMessage());
      return Future.succeededFuture(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    }
    return Future.failedFuture(failure);
  }
}
