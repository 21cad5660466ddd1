package dev.lethe.vault.notice;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.NoticeStore;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether what a notice tells has happened, when nobody here knows it first hand. */
record Facts(NoticeStore store, Ledger ledger, NoticeSeal seal, Withdrawals withdrawals) {
  private static final Logger LOG = LoggerFactory.getLogger(Facts.class);

  /** Whether the ledger says so. */
  boolean recorded(Notice notice) {
    return notice.event() == Notice.Event.ERASED
        && ledger
            .index()
            .erasure(notice.act())
            .filter(record -> record.pseudonym().equals(notice.subject().pseudonym()))
            .filter(record -> record.life() == notice.subject().life())
            .flatMap(ErasureRecord::inaccessibleAt)
            .isPresent();
  }

  Future<Boolean> hold(Notice notice) {
    if (notice.event() == Notice.Event.ERASED) {
      return Future.succeededFuture(recorded(notice));
    }
    return store
        .sealed(notice.id())
        .compose(
            found ->
                found
                    .map(text -> withdrawn(notice, text))
                    .orElseGet(() -> Future.succeededFuture(false)));
  }

  private Future<Boolean> withdrawn(Notice notice, byte[] sealed) {
    try {
      var content = seal.open(notice, sealed);
      return content
          .purpose()
          .map(purpose -> withdrawals.stand(notice.subject(), purpose, content.fields()))
          .orElseGet(() -> Future.succeededFuture(false));
    } catch (UnreadableException e) {
      LOG.error("notice {} does not open; nobody is told", notice.id());
      return Future.succeededFuture(false);
    }
  }
}
