package dev.lethe.vault.notice;

import dev.lethe.vault.api.NoticeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The notices of this node that are not over, without what they name. Thread-safe. */
final class WaitingNotices {
  /** How one stands. */
  enum Standing {
    /** Its act is under way. */
    PREPARED,
    /** Whether its act has happened has to turn out. */
    UNSETTLED,
    /** Its act has not happened, unless somebody else has done the same; to be taken out. */
    LAPSED,
    /** To be sent. */
    READY,
    /** Being sent. */
    UNDER_WAY
  }

  /** In the order of sending; a failed one goes to the end. */
  private final Map<String, LinkedHashMap<String, Notice>> ready = new HashMap<>();

  private final Map<String, Notice> all = new LinkedHashMap<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final Map<String, List<Notice>> byAct = new HashMap<>();

  synchronized void put(Notice notice, Standing standing) {
    if (all.put(notice.id(), notice) == null) {
      byAct.computeIfAbsent(notice.act(), fresh -> new ArrayList<>(1)).add(notice);
    }
    set(notice, standing);
  }

  /** Changes how one stands that is not over. */
  synchronized void move(Notice notice, Standing standing) {
    if (all.containsKey(notice.id())) {
      set(notice, standing);
    }
  }

  private void set(Notice notice, Standing standing) {
    standings.put(notice.id(), standing);
    var queue = ready.computeIfAbsent(notice.receiver(), fresh -> new LinkedHashMap<>());
    queue.remove(notice.id());
    if (standing == Standing.READY) {
      queue.put(notice.id(), notice);
    }
  }

  synchronized void remove(Notice notice) {
    if (all.remove(notice.id()) == null) {
      return;
    }
    standings.remove(notice.id());
    ready.getOrDefault(notice.receiver(), new LinkedHashMap<>()).remove(notice.id());
    byAct.computeIfPresent(
        notice.act(),
        (same, notices) -> {
          notices.remove(notice);
          return notices.isEmpty() ? null : notices;
        });
  }

  /** Takes the next one to be sent to a receiver; it is under way then. */
  synchronized Optional<Notice> next(String receiver) {
    var queue = ready.get(receiver);
    if (queue == null || queue.isEmpty()) {
      return Optional.empty();
    }
    var notice = queue.values().iterator().next();
    set(notice, Standing.UNDER_WAY);
    return Optional.of(notice);
  }

  /** Those that stand in a certain way. */
  synchronized List<Notice> standing(Standing standing) {
    return all.values().stream().filter(notice -> standings.get(notice.id()) == standing).toList();
  }

  synchronized boolean knows(String id) {
    return all.containsKey(id);
  }

  /** Those of an act, as they stand. */
  synchronized List<NoticeState> ofAct(String act) {
    return byAct.getOrDefault(act, List.of()).stream()
        .map(
            notice ->
                new NoticeState(
                    notice.receiver(),
                    notice.event().wireName(),
                    NoticeState.State.WAITING,
                    notice.at()))
        .toList();
  }

  /** How many there are. */
  synchronized long size() {
    return all.size();
  }

  /** How many there are for a receiver. */
  synchronized long size(String receiver) {
    return all.values().stream().filter(notice -> notice.receiver().equals(receiver)).count();
  }

  synchronized Optional<Instant> oldest() {
    return all.values().stream().map(Notice::at).min(Instant::compareTo);
  }
}
