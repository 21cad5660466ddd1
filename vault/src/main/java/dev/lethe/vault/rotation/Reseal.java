package dev.lethe.vault.rotation;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.ScanPage;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Complete passes over everybody in the store: one to reseal, and fresh ones to prove that nobody
 * is left. Memory does not grow with their number. A pass ends between two pages when the vault
 * stops.
 */
final class Reseal {
  private static final int PAGE = 128;
  private static final int MAX_RACES = 100;

  private final SubjectStore store;
  private final Subjects subjects;
  private final Stopping stopping;

  /** Whose grants do not open: nothing of them can be resealed, or lost any more. */
  private final Set<String> unreadable = new TreeSet<>();

  Reseal(SubjectStore store, Subjects subjects, Stopping stopping) {
    this.store = store;
    this.subjects = subjects;
    this.stopping = stopping;
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
    return pages(
        page ->
            each(page.pseudonyms()).onSuccess(done -> progress.accept(page.pseudonyms().size())));
  }

  /** Goes through all pages, of which each is dealt with before the next one is asked for. */
  private Future<Void> pages(Function<ScanPage, Future<Void>> deal) {
    var cursor = new String[] {ScanPage.START};
    return Repetition.untilLast(
        () ->
            stopping
                .check()
                .compose(goOn -> store.scan(cursor[0], PAGE))
                .compose(
                    page ->
                        deal.apply(page)
                            .map(
                                dealt -> {
                                  cursor[0] = page.cursor();
                                  return page.last();
                                })));
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
    var found = new AtomicLong();
    return pages(
            page ->
                store
                    .epochs(page.pseudonyms())
                    .compose(
                        epochs -> {
                          var behind = behind(page.pseudonyms(), epochs, epoch);
                          found.addAndGet(behind.size());
                          return each(behind);
                        }))
        .map(done -> found.get());
  }

  private List<String> behind(List<String> pseudonyms, List<OptionalInt> epochs, int epoch) {
    var behind = new ArrayList<String>();
    for (int i = 0; i < epochs.size(); i++) {
      if (epochs.get(i).orElse(epoch) != epoch && !unreadable.contains(pseudonyms.get(i))) {
        behind.add(pseudonyms.get(i));
      }
    }
    return behind;
  }
}
