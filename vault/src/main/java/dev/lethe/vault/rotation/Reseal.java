package dev.lethe.vault.rotation;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.redis.ScanPage;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Complete passes over everybody in the store: one to reseal, and fresh ones to prove that nobody
 * is left. Memory does not grow with their number.
 */
final class Reseal {
  private static final int PAGE = 128;
  private static final int MAX_RACES = 100;

  private final SubjectStore store;
  private final Subjects subjects;

  /** Whose grants do not open: nothing of them can be resealed, or lost any more. */
  private final Set<String> unreadable = new TreeSet<>();

  Reseal(SubjectStore store, Subjects subjects) {
    this.store = store;
    this.subjects = subjects;
  }

  Set<String> unreadable() {
    return unreadable;
  }

  /**
   * Brings everybody under the active epoch.
   *
   * @param progress told how many people were dealt with, page by page
   */
  Future<Void> all(LongConsumer progress) {
    return page(ScanPage.START, progress);
  }

  private Future<Void> page(String cursor, LongConsumer progress) {
    return store
        .scan(cursor, PAGE)
        .compose(
            page ->
                each(page.pseudonyms())
                    .compose(
                        done -> {
                          progress.accept(page.pseudonyms().size());
                          return page.last()
                              ? Future.succeededFuture()
                              : page(page.cursor(), progress);
                        }));
  }

  private Future<Void> each(List<String> pseudonyms) {
    var resealed = new ArrayList<Future<Void>>(pseudonyms.size());
    pseudonyms.forEach(pseudonym -> resealed.add(one(pseudonym, MAX_RACES)));
    return Future.all(resealed).mapEmpty();
  }

  private Future<Void> one(String pseudonym, int races) {
    if (races == 0) {
      return Future.failedFuture(
          new IllegalStateException("somebody changes faster than they can be resealed"));
    }
    return subjects
        .reseal(pseudonym)
        .compose(done -> done ? Future.<Void>succeededFuture() : one(pseudonym, races - 1))
        .recover(
            failure -> {
              if (failure instanceof UnreadableException) {
                unreadable.add(pseudonym);
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  /**
   * Goes through everybody once and reseals whoever still stands under another epoch.
   *
   * @return how many there were; only a pass that finds nobody proves anything
   */
  Future<Long> verify(int epoch) {
    return verify(ScanPage.START, epoch, 0);
  }

  private Future<Long> verify(String cursor, int epoch, long found) {
    return store
        .scan(cursor, PAGE)
        .compose(
            page ->
                store
                    .epochs(page.pseudonyms())
                    .compose(
                        epochs -> {
                          var behind = new ArrayList<String>();
                          for (int i = 0; i < epochs.size(); i++) {
                            var pseudonym = page.pseudonyms().get(i);
                            if (epochs.get(i).orElse(epoch) != epoch
                                && !unreadable.contains(pseudonym)) {
                              behind.add(pseudonym);
                            }
                          }
                          return each(behind).map(done -> found + behind.size());
                        })
                    .compose(
                        sum ->
                            page.last()
                                ? Future.succeededFuture(sum)
                                : verify(page.cursor(), epoch, sum)));
  }
}
