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
 * audit log keeps every entry for ever. The program's log says no more often that there is one, and
 * not whose. Whoever reads does not wait for the entry.
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
  private final Map<Blob, Said> said = new LinkedHashMap<>();

  private record Blob(String pseudonym, String name) {}

  /** When a refusal was last said, and whether it is in the audit log too. */
  private record Said(Instant at, boolean onRecord) {}

  private enum Due {
    NOTHING,
    /** It was said, and the audit log did not take it. */
    RECORD,
    ALL
  }

  public RefusedBlobs(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void refused(String pseudonym, String blob) {
    var refused = new Blob(pseudonym, blob);
    var due = due(refused);
    if (due == Due.NOTHING) {
      return;
    }
    if (due == Due.ALL) {
      LOG.error("a stored blob was refused: {}; the audit log says whose", blob);
    }
    log.append("vault", "unreadable", pseudonym + " " + blob, "refused")
        .onFailure(
            failure -> {
              if (due == Due.ALL) {
                LOG.warn("a refused blob is not on record: {}", failure.getMessage());
              }
              notOnRecord(refused);
            });
  }

  private synchronized Due due(Blob blob) {
    var now = clock.instant();
    var last = said.get(blob);
    if (last != null && now.isBefore(last.at().plus(SILENCE))) {
      said.put(blob, new Said(last.at(), true));
      return last.onRecord() ? Due.NOTHING : Due.RECORD;
    }
    said.remove(blob); // to stand behind all others
    said.put(blob, new Said(now, true));
    if (said.size() > MOST_REMEMBERED) {
      var oldest = said.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return Due.ALL;
  }

  /** The next refusal tries again. */
  private synchronized void notOnRecord(Blob blob) {
    said.computeIfPresent(blob, (same, was) -> new Said(was.at(), false));
  }
}
