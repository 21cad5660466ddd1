package dev.lethe.vault.notice;

import dev.lethe.vault.ledger.LedgerUnavailableException;
import dev.lethe.vault.notice.WaitingNotices.Standing;
import dev.lethe.vault.redis.NoticeStore;
import io.vertx.core.Future;
import java.util.List;

/** The notices of one act. */
record QueuedNotices(
    NoticeStore store,
    WaitingNotices waiting,
    NoticeSender sender,
    Facts facts,
    List<Notice> notices)
    implements Queued {
  @Override
  public Future<Void> happened() {
    var marked =
        notices.stream()
            // Of an erasure the ledger says it.
            .filter(notice -> notice.event() == Notice.Event.WITHDRAWN)
            .map(notice -> store.happened(notice.id(), notice.about()))
            .toList();
    return Future.all(marked)
        .onSuccess(
            all -> {
              notices.forEach(notice -> waiting.move(notice, Standing.READY));
              sender.wake();
            })
        .onFailure(failure -> move(Standing.UNSETTLED))
        .mapEmpty();
  }

  @Override
  public Future<Void> lapsed() {
    var settled = notices.stream().map(this::lapsed).toList();
    return Future.all(settled).onFailure(failure -> move(Standing.LAPSED)).mapEmpty();
  }

  /** What lost a race may have been done by who won it, such as a replay of the ledger. */
  private Future<Void> lapsed(Notice notice) {
    return facts
        .hold(notice)
        .compose(
            yes ->
                yes
                    ? new QueuedNotices(store, waiting, sender, facts, List.of(notice)).happened()
                    : store.remove(notice.id()).onSuccess(removed -> waiting.remove(notice)));
  }

  @Override
  public void failed(Throwable failure) {
    // What the ledger refuses is not begun.
    move(failure instanceof LedgerUnavailableException ? Standing.LAPSED : Standing.UNSETTLED);
  }

  private void move(Standing standing) {
    notices.forEach(notice -> waiting.move(notice, standing));
  }
}
