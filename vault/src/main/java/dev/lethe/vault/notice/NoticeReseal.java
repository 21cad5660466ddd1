package dev.lethe.vault.notice;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.redis.NoticeStore;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.ScanPage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One complete pass over the notices that wait, which brings them under an epoch. What does not
 * open is left as it is: nothing of it can be sent, or kept from going with its epoch.
 */
final class NoticeReseal {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeReseal.class);

  private final NoticeStore store;
  private final NoticeSeal seal;
  private final Set<String> unreadable = new HashSet<>();
  private String cursor = ScanPage.START;
  private long behind;

  NoticeReseal(NoticeStore store, NoticeSeal seal) {
    this.store = store;
    this.seal = seal;
  }

  Future<Long> all(int epoch) {
    return Repetition.untilLast(() -> page(epoch))
        .map(
            done -> {
              if (!unreadable.isEmpty()) {
                LOG.error("{} notices do not open and are not sealed anew", unreadable.size());
              }
              return behind;
            });
  }

  private Future<Boolean> page(int epoch) {
    return store
        .scan(cursor)
        .compose(
            page -> {
              cursor = page.cursor();
              var resealed = new ArrayList<Future<Boolean>>();
              page.sealed()
                  .forEach(
                      (id, text) -> {
                        if (!standsUnder(id, text, epoch)) {
                          resealed.add(one(id, text, epoch));
                        }
                      });
              return Future.all(resealed).map(page.last());
            });
  }

  private boolean standsUnder(String id, byte[] sealed, int epoch) {
    try {
      return seal.epoch(sealed) == epoch;
    } catch (UnreadableException e) {
      unreadable.add(id);
      return true; // it is none: no key opens it
    }
  }

  private Future<Boolean> one(String id, byte[] sealed, int epoch) {
    return store
        .about(id)
        .compose(
            about -> {
              if (about.isEmpty()) {
                return Future.succeededFuture(false); // over since the page was read
              }
              try {
                var anew = seal.reseal(Notice.of(id, about.get()), sealed, epoch);
                behind++;
                return store.reseal(id, sealed, anew);
              } catch (UnreadableException e) {
                unreadable.add(id);
                return Future.succeededFuture(false);
              }
            });
  }
}
