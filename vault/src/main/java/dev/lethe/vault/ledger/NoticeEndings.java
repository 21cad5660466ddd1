package dev.lethe.vault.ledger;

import dev.lethe.vault.api.NoticeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that are over. Those of erasures are kept for ever; of all others, that they are over, as
 * long as a readable copy of Redis may bring them back. Thread-safe.
 */
final class NoticeEndings {
  private static final String ERASED = "erased";

  private final ConcurrentHashMap<String, Long> ended = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, List<NoticeState>> ofErasures = new ConcurrentHashMap<>();

  void add(long seq, Instant at, LedgerEntry.NoticeEnded entry) {
    if (ended.putIfAbsent(entry.noticeId(), seq) != null || !entry.event().equals(ERASED)) {
      return;
    }
    var state =
        new NoticeState(
            entry.receiver(),
            entry.event(),
            entry.acknowledged() ? NoticeState.State.ACKNOWLEDGED : NoticeState.State.REFUSED,
            at);
    ofErasures.merge(
        entry.act(),
        List.of(state),
        (before, added) -> {
          var all = new ArrayList<>(before);
          all.addAll(added);
          return List.copyOf(all);
        });
  }

  void dropBefore(long seq) {
    ended.values().removeIf(at -> at < seq);
  }

  boolean ended(String noticeId) {
    return ended.containsKey(noticeId);
  }

  List<NoticeState> ofErasure(String erasureId) {
    return ofErasures.getOrDefault(erasureId, List.of());
  }
}
