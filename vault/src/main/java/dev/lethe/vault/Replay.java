package dev.lethe.vault;

import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.redis.NodeStore;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.rotation.Nodes;
import dev.lethe.vault.subject.LedgerGuard;
import io.vertx.core.Future;
import java.util.ArrayList;

/**
 * Takes out of a server what the ledger says was taken away, before anything is served from it. The
 * lease on sealing is kept meanwhile, since there may be many.
 */
record Replay(LedgerIndex ledger, LedgerGuard guard, Nodes nodes, NodeStore server) {
  private static final int TOGETHER = 64;

  Future<Void> run() {
    var left = ledger.pseudonymsToReplay().iterator();
    return Repetition.untilLast(
        () -> {
          var some = new ArrayList<Future<Void>>();
          while (left.hasNext() && some.size() < TOGETHER) {
            some.add(guard.replay(left.next()));
          }
          return Future.all(some)
              .compose(replayed -> nodes.keep(server))
              .map(kept -> !left.hasNext());
        });
  }
}
