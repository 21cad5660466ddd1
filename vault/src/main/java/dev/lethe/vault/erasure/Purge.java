package dev.lethe.vault.erasure;

import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Redis rewrite its files after erasures, many at a time: a rewrite that begins after the
 * unlink leaves nothing of the person in them. Runs on one context; looks for work at a fixed pace.
 */
public final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration BETWEEN_REWRITES = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final SubjectStore store;
  private final Ledger ledger;
  private final StepHook hook;
  private volatile boolean stopped;

  public Purge(Vertx vertx, SubjectStore store, Ledger ledger, StepHook hook) {
    this.vertx = vertx;
    this.store = store;
    this.ledger = ledger;
    this.hook = hook;
  }

  public void start() {
    after(PACE);
  }

  public void stop() {
    stopped = true;
  }

  private void after(Duration pause) {
    vertx.setTimer(pause.toMillis(), due -> run());
  }

  private void run() {
    if (stopped) {
      return;
    }
    var waiting = ledger.index().unpurged().stream().map(ErasureRecord::erasureId).toList();
    if (waiting.isEmpty()) {
      after(PACE);
      return;
    }
    Future.<Void>succeededFuture()
        .compose(start -> store.rewrite())
        .compose(rewritten -> hook.taken(ProtocolStep.FILES_REWRITTEN))
        .compose(taken -> ledger.append(new LedgerEntry.Purged(waiting)))
        .compose(written -> hook.taken(ProtocolStep.PURGE_RECORDED))
        .onFailure(
            failure -> {
              if (!stopped) {
                LOG.warn("erasures wait for their files to be rewritten: {}", failure.getMessage());
              }
            })
        .onComplete(ended -> after(BETWEEN_REWRITES));
  }
}
