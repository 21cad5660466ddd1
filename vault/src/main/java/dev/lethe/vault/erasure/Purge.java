package dev.lethe.vault.erasure;

import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.RewriteRefusedException;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Redis rewrite its files after erasures, many at a time: a rewrite that begins after the
 * unlink leaves nothing of the person in them. Looks for work at a fixed pace, and less and less
 * often while Redis refuses or fails; what waits then waits on, and its refusal is said once. At
 * most one round is under way.
 */
public final class Purge {
  private static final Logger LOG = LoggerFactory.getLogger(Purge.class);

  /** Erasures that one entry of the ledger names: a line of it has a longest length. */
  private static final int NAMED_TOGETHER = 1_000;

  private final Vertx vertx;
  private final SubjectStore store;
  private final Ledger ledger;
  private final StepHook hook;
  private final Paces paces;
  private volatile boolean stopped;
  private volatile boolean refused;
  private int failures;
  private String said = "";

  /**
   * How long to wait.
   *
   * @param look when there was nothing to do
   * @param between after a rewrite; twice as long after each failure in a row
   * @param longest after failures
   */
  record Paces(Duration look, Duration between, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    static final Paces STANDARD =
        new Paces(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofMinutes(15));

    Duration after(int failures) {
      var doubled = between.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
      return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
  }

  public Purge(Vertx vertx, SubjectStore store, Ledger ledger, StepHook hook) {
    this(vertx, store, ledger, hook, Paces.STANDARD);
  }

  Purge(Vertx vertx, SubjectStore store, Ledger ledger, StepHook hook, Paces paces) {
    this.vertx = vertx;
    this.store = store;
    this.ledger = ledger;
    this.hook = hook;
    this.paces = paces;
  }

  public void start() {
    after(paces.look());
  }

  public void stop() {
    stopped = true;
  }

  /** Whether Redis refused the last time; erasures stay unpurged then. */
  public boolean refused() {
    return refused;
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
      after(paces.look());
      return;
    }
    Future.<Void>succeededFuture()
        .compose(start -> store.purge())
        .compose(rewritten -> hook.taken(ProtocolStep.FILES_REWRITTEN))
        .compose(taken -> note(waiting))
        .compose(noted -> hook.taken(ProtocolStep.PURGE_RECORDED))
        .onSuccess(purged -> succeeded())
        .onFailure(this::failed)
        .onComplete(ended -> after(paces.after(failures)));
  }

  private Future<Void> note(List<String> purged) {
    var noted = Future.<Void>succeededFuture();
    for (int from = 0; from < purged.size(); from += NAMED_TOGETHER) {
      var some = purged.subList(from, Math.min(purged.size(), from + NAMED_TOGETHER));
      noted = noted.compose(before -> ledger.append(new LedgerEntry.Purged(some)).<Void>mapEmpty());
    }
    return noted;
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("the files of Redis are rewritten again");
    }
    failures = 0;
    refused = false;
    said = "";
  }

  /** The same reason is not said twice in a row. */
  private void failed(Throwable failure) {
    failures++;
    refused = failure instanceof RewriteRefusedException;
    var why =
        (refused
                ? "Redis refuses to rewrite its files, so erasures are not purged until it does: "
                : "erasures wait for their files to be rewritten: ")
            + failure.getMessage();
    if (!stopped && !why.equals(said)) {
      LOG.warn("{}", why);
      said = why;
    }
  }
}
