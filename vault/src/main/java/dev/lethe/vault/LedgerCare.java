package dev.lethe.vault;

import dev.lethe.vault.ledger.ChainHead;
import dev.lethe.vault.ledger.HashChainFile;
import dev.lethe.vault.ledger.HeadsFile;
import dev.lethe.vault.redis.HeadStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over ledger and audit log while they are in use, and notes outside of them how far they
 * reach: in the keystore folder each second, in Redis after each write.
 */
final class LedgerCare {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerCare.class);
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final Duration LAST_ROUND = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final List<HashChainFile> chains;
  private final HeadsFile file;
  private final List<Notes> notes;
  private volatile boolean stopped;
  private volatile Future<Void> round = Future.succeededFuture();

  LedgerCare(Vertx vertx, List<HashChainFile> chains, HeadsFile file, HeadStore redis) {
    this.vertx = vertx;
    this.chains = chains;
    this.file = file;
    this.notes = chains.stream().map(chain -> new Notes(chain, redis)).toList();
  }

  /** What Redis is told of one file: the newest, one at a time. */
  private static final class Notes {
    private final HashChainFile chain;
    private final HeadStore redis;
    private final AtomicBoolean telling = new AtomicBoolean();
    private volatile ChainHead told = new ChainHead(0, "");

    Notes(HashChainFile chain, HeadStore redis) {
      this.chain = chain;
      this.redis = redis;
    }

    /** Tells what Redis does not know yet. */
    void tell() {
      if (chain.last().seq() != told.seq()) {
        compare();
      }
    }

    /** The same, and looks whether it knows more. */
    void compare() {
      var head = chain.last();
      if (!telling.compareAndSet(false, true)) {
        return;
      }
      redis
          .note(chain.name(), head)
          .onComplete(
              (known, failure) -> {
                telling.set(false);
                if (failure == null) {
                  told = head;
                  chain.compare(head.seq(), known);
                  tell();
                } else {
                  LOG.debug("{}: Redis is not told yet", chain.path(), failure);
                }
              });
    }
  }

  void start() {
    notes.forEach(note -> note.chain.afterCommit(note::tell));
    next();
  }

  private void next() {
    vertx.setTimer(
        PACE.toMillis(),
        due -> {
          if (!stopped) {
            round = vertx.executeBlocking(this::look, false).mapEmpty();
            round.onComplete(ended -> next());
          }
        });
  }

  private boolean look() {
    chains.forEach(HashChainFile::watch);
    file.note(chains);
    notes.forEach(Notes::compare);
    return true;
  }

  /** Completes when nobody looks any more, or the disk does not let go of who does. */
  Future<Void> stop() {
    stopped = true;
    return round.timeout(LAST_ROUND.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }
}
