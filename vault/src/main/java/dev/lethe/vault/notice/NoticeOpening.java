package dev.lethe.vault.notice;

import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.notice.WaitingNotices.Standing;
import dev.lethe.vault.redis.NoticeStore;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.ScanPage;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out how notices stand whose act nobody here has in hand: all of them at a start, some after
 * a failure. At a start, before anybody is served, nothing of the former run is under way any more,
 * and the ledger has been applied: an act that has not happened by then never will, and its notices
 * are taken out. Later, that is so only of what the ledger refused or what lost a race.
 */
final class NoticeOpening {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeOpening.class);

  private final NoticeStore store;
  private final Ledger ledger;
  private final Facts facts;
  private final WaitingNotices waiting;
  private final NoticeSender sender;
  private final Set<String> receivers = new HashSet<>();
  private final Set<String> retired = new HashSet<>();

  /** Of the receivers that anything was found for. */
  private final Set<String> names = new TreeSet<>();

  private volatile String cursor = ScanPage.START;

  NoticeOpening(
      NoticeStore store,
      Ledger ledger,
      Facts facts,
      WaitingNotices waiting,
      NoticeSender sender,
      NoticeDelivery delivery) {
    this.store = store;
    this.ledger = ledger;
    this.facts = facts;
    this.waiting = waiting;
    this.sender = sender;
    delivery
        .receivers()
        .forEach(receiver -> (receiver.retired() ? retired : receivers).add(receiver.name()));
  }

  /** Takes over what is stored. */
  Future<Void> all() {
    var about = new TreeMap<String, String>();
    var happened = new HashSet<String>();
    return Repetition.untilLast(
            () ->
                store
                    .scan(cursor)
                    .map(
                        page -> {
                          about.putAll(page.about());
                          happened.addAll(page.happened());
                          cursor = page.cursor();
                          return page.last();
                        }))
        .compose(read -> takeOver(about, happened))
        .onSuccess(done -> warnOfStrangers());
  }

  private Future<Void> takeOver(Map<String, String> about, Set<String> happened) {
    var doubtful = new ArrayDeque<Notice>();
    about.entrySet().stream()
        .flatMap(entry -> readable(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparing(Notice::at))
        .forEach(
            notice -> {
              names.add(notice.receiver());
              if (over(notice) || !(happened.contains(notice.id()) || facts.recorded(notice))) {
                doubtful.add(notice);
              } else {
                waiting.put(notice, Standing.READY);
              }
            });
    return doubtful.isEmpty()
        ? Future.succeededFuture()
        : Repetition.untilLast(() -> decide(doubtful.remove()).map(decided -> doubtful.isEmpty()));
  }

  private static Stream<Notice> readable(String id, String about) {
    try {
      return Stream.of(Notice.of(id, about));
    } catch (UnreadableException e) {
      LOG.error("notice {} is damaged and cannot be sent: {}", id, e.getMessage());
      return Stream.empty();
    }
  }

  private boolean over(Notice notice) {
    return ledger.index().noticeEnded(notice.id()) || retired.contains(notice.receiver());
  }

  private Future<Void> decide(Notice notice) {
    if (ledger.index().noticeEnded(notice.id())) {
      return store.remove(notice.id()); // the program ended before it did so
    }
    if (retired.contains(notice.receiver())) {
      return sender.end(notice, false, "retired");
    }
    return facts
        .hold(notice)
        .compose(
            yes -> {
              if (!yes) {
                return store.remove(notice.id());
              }
              waiting.put(notice, Standing.READY);
              return store.happened(notice.id(), notice.about());
            })
        .recover(
            failure -> {
              if (failure instanceof UnreadableException) {
                // Whose own data does not open: whether they withdrew cannot be told yet.
                waiting.put(notice, Standing.UNSETTLED);
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  /** Looks again at those that a failure left open; never fails. */
  Future<Void> lookAgain() {
    boolean settled = ledger.settled();
    var looks = new ArrayList<Future<Void>>();
    for (var notice : waiting.standing(Standing.UNSETTLED)) {
      looks.add(lookAgain(notice, settled && (unheardOf(notice) || overtaken(notice))));
    }
    for (var notice : waiting.standing(Standing.LAPSED)) {
      looks.add(lookAgain(notice, settled && !begun(notice)));
    }
    return Future.join(looks).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<Void> lookAgain(Notice notice, boolean never) {
    var queued = new QueuedNotices(store, waiting, sender, facts, List.of(notice));
    return never
        ? queued.lapsed()
        : facts.hold(notice).compose(yes -> yes ? queued.happened() : Future.succeededFuture());
  }

  /** Whether it is of an erasure that the ledger was asked for, and does not know. */
  private boolean unheardOf(Notice notice) {
    return notice.event() == Notice.Event.ERASED && !begun(notice);
  }

  /**
   * Whether it is of a withdrawal of a life that has been erased since, which is told by itself.
   */
  private boolean overtaken(Notice notice) {
    var subject = notice.subject();
    return notice.event() == Notice.Event.WITHDRAWN
        && ledger.index().erasedLife(subject.pseudonym()).orElse(0) >= subject.life();
  }

  /** Whether it is of an erasure that the ledger knows: it may be carried out at any time. */
  private boolean begun(Notice notice) {
    return notice.event() == Notice.Event.ERASED
        && ledger.index().erasure(notice.act()).isPresent();
  }

  private void warnOfStrangers() {
    names.stream()
        .filter(name -> !receivers.contains(name) && waiting.size(name) > 0)
        .forEach(
            name ->
                LOG.warn(
                    "{} notices wait for {}, which is not configured any more; configure it again,"
                        + " or as retired to give them up",
                    waiting.size(name),
                    name));
  }
}
