package dev.lethe.vault.audit;

import dev.lethe.vault.crypto.Refusals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts refused blobs on record, each once an hour: a damaged blob is read again and again, and the
 * log keeps every entry for ever. Whoever reads does not wait for the entry.
 *
 * <p>What is remembered is bounded; when more blobs than that are refused within an hour, the first
 * of them may have a second entry.
 */
public final class RefusedBlobs implements Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedBlobs.class);
  private static final Duration SILENCE = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 1 << 16;

  private final AuditLog log;
  private final Clock clock;
  private final Map<Blob, Instant> recorded = new LinkedHashMap<>();

  private record Blob(String pseudonym, String name) {}

  public RefusedBlobs(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void refused(String pseudonym, String blob) {
    var refused = new Blob(pseudonym, blob);
    if (due(refused)) {
      log.append("vault", "unreadable", pseudonym + " " + blob, "refused")
          .onFailure(
              failure -> {
                LOG.warn("a refused blob is not on record: {}", failure.getMessage());
                forget(refused);
              });
    }
  }

  private synchronized boolean due(Blob blob) {
    var now = clock.instant();
    var last = recorded.get(blob);
    if (last != null && now.isBefore(last.plus(SILENCE))) {
      return false;
    }
    recorded.remove(blob); // to stand behind all others
    recorded.put(blob, now);
    if (recorded.size() > MOST_REMEMBERED) {
      var oldest = recorded.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }

  /** The next refusal tries again. */
  private synchronized void forget(Blob blob) {
    recorded.remove(blob);
  }
}
