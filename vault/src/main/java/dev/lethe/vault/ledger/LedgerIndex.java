package dev.lethe.vault.ledger;

import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.VaultFigures;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the ledger says, in memory, so that every read of Redis can be checked against it.
 *
 * <p>Kept for ever: who was erased up to which life, and every erasure. Kept as long as they stand:
 * legal holds and restrictions. Kept as long as a readable copy of Redis may contradict them:
 * withdrawals and forgettings. Thread-safe; a question sees every entry whose append has completed,
 * and answers in constant time unless said otherwise.
 */
public final class LedgerIndex {
  private final ConcurrentHashMap<String, Long> erasedLives = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, String> latestErasures = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, ErasureRecord> erasures = new ConcurrentHashMap<>();
  private final ReducingActs reducing = new ReducingActs();
  private final SubjectStates states = new SubjectStates();

  /** Erasures that were withheld at any time, by pseudonym. */
  private final ConcurrentHashMap<String, List<String>> everWithheld = new ConcurrentHashMap<>();

  private final NoticeEndings notices = new NoticeEndings();
  private final ErasureOrder order = new ErasureOrder();

  // Under the monitor, by erasure id in the order of the ledger.
  private final EpochDates epochs = new EpochDates();
  private final LinkedHashSet<String> unfinished = new LinkedHashSet<>();
  private final LinkedHashSet<String> withheld = new LinkedHashSet<>();
  private final LinkedHashSet<String> unpurged = new LinkedHashSet<>();
  private final LinkedHashSet<String> recoverable = new LinkedHashSet<>();

  private volatile long last;

  LedgerIndex() {}

  /** Takes in the next entry of the ledger. */
  synchronized void add(long seq, Instant at, LedgerEntry entry) {
    last = seq;
    if (entry instanceof LedgerEntry.Erase erase) {
      if (requested(seq, ErasureRecord.requested(at, erase, OptionalLong.empty()))) {
        takeEffect(erase.erasureId());
      }
    } else if (entry instanceof LedgerEntry.EraseAt conditional) {
      var only = OptionalLong.of(conditional.version());
      requested(seq, ErasureRecord.requested(at, conditional.erase(), only));
    } else if (entry instanceof LedgerEntry.EraseLapsed lapsed) {
      lapsed(lapsed.erasureId());
    } else if (entry instanceof LedgerEntry.Erased erased) {
      erased(at, erased);
    } else if (entry instanceof LedgerEntry.Withheld put) {
      withheld(at, put);
    } else if (entry instanceof LedgerEntry.StateChange change) {
      changeState(at, change);
    } else if (entry instanceof LedgerEntry.Purged purged) {
      purged.erasureIds().forEach(id -> purged(at, id));
    } else if (entry instanceof LedgerEntry.EpochCreated created) {
      epochs.created(created.epoch(), seq);
    } else if (entry instanceof LedgerEntry.EpochDestroyed destroyed) {
      epochs.destroyed(destroyed.epoch(), at);
      List.copyOf(recoverable).forEach(this::settle);
      epochs.oldestLiving().ifPresent(reducing::dropBefore);
      epochs.oldestLiving().ifPresent(notices::dropBefore);
    } else if (entry instanceof LedgerEntry.NoticeEnded ended) {
      notices.add(seq, at, ended);
    } else if (entry instanceof LedgerEntry.ActLapsed lapsed) {
      reducing.lapsed(lapsed.pseudonym(), lapsed.act());
    } else if (entry instanceof LedgerEntry.Reducing act) {
      if (act.life() > erasedLife(act.pseudonym()).orElse(0)) {
        reducing.add(seq, act);
      }
    }
  }

  /** The number of the last entry; 0 when there is none. */
  public long last() {
    return last;
  }

  /** Whether it is a new one. */
  private boolean requested(long seq, ErasureRecord record) {
    if (erasures.putIfAbsent(record.erasureId(), record) != null) {
      return false;
    }
    order.asked(seq, record.erasureId());
    unfinished.add(record.erasureId());
    return true;
  }

  /** From now on nothing of the life may be shown. */
  private void takeEffect(String id) {
    erasure(id)
        .ifPresent(
            record -> {
              recoverable.add(id);
              erasedLives.merge(record.pseudonym(), record.life(), Math::max);
              latestErasures.put(record.pseudonym(), id);
              states.endLives(record.pseudonym(), record.life());
              if (!isHeld(record)) {
                reducing.endLives(record.pseudonym(), record.life());
              } // else a restored copy still has to lose what was taken away before
            });
  }

  private void changeState(Instant at, LedgerEntry.StateChange change) {
    var person = change.pseudonym();
    switch (change.act()) {
      case HOLD, RESTRICT -> {
        if (change.life() > erasedLife(person).orElse(0)) {
          states.add(at, change);
        }
      }
      case UNRESTRICT -> states.add(at, change);
      case RELEASE -> {
        // Whose script has run may be put aside, although the ledger was not told: a copy of Redis
        // made now has to lose it when it comes back.
        unfinished.stream()
            .flatMap(id -> erasure(id).stream())
            .filter(record -> record.pseudonym().equals(person) && isHeld(record))
            .forEach(this::putAsideOnce);
        states.add(at, change);
        everWithheld.getOrDefault(person, List.of()).forEach(id -> endWithholding(at, id));
      }
    }
  }

  private void endWithholding(Instant at, String id) {
    if (withheld.remove(id)) {
      unfinished.add(id);
      change(id, record -> record.released(at));
    }
  }

  private void putAsideOnce(ErasureRecord record) {
    everWithheld.merge(
        record.pseudonym(),
        List.of(record.erasureId()),
        (before, added) -> Stream.concat(before.stream(), added.stream()).distinct().toList());
  }

  private void withheld(Instant at, LedgerEntry.Withheld put) {
    var id = put.erasureId();
    var record = erasures.get(id);
    if (record == null || record.withheld().isPresent() || !unfinished.remove(id)) {
      return;
    }
    change(id, before -> before.withheld(new ErasureRecord.Withheld(at, put.modelBy())));
    withheld.add(id);
    putAsideOnce(record);
    if (record.onlyAt().isPresent()) {
      takeEffect(id);
    }
    if (!isHeld(record)) {
      endWithholding(at, id);
    }
  }

  private void lapsed(String id) {
    if (erasure(id).filter(record -> record.onlyAt().isPresent()).isPresent()
        && unfinished.remove(id)) {
      erasures.remove(id);
      order.lapsed(id);
    }
  }

  /** The first such entry stands: its receipt may have been given out. */
  private void erased(Instant at, LedgerEntry.Erased erased) {
    var id = erased.erasureId();
    if (unfinished.remove(id) || withheld.remove(id)) {
      unpurged.add(id);
      change(
          id,
          record ->
              record.erased(
                  new ErasureRecord.Erased(at, erased.epoch(), erased.by(), erased.modelBy())));
      erasure(id)
          .ifPresent(
              record -> {
                if (record.onlyAt().isPresent() && record.withheld().isEmpty()) {
                  takeEffect(id);
                }
                reducing.endLives(record.pseudonym(), record.life());
              });
      settle(id);
    }
  }

  /** Only data that is out of Redis can be out of its files. */
  private void purged(Instant at, String id) {
    if (unpurged.remove(id)) {
      change(id, record -> record.purged(at));
    }
  }

  /** Marks an erasure unrecoverable if its epoch is gone; the script may end after the epoch. */
  private void settle(String id) {
    erasure(id)
        .flatMap(ErasureRecord::erased)
        .flatMap(
            stage ->
                epochs
                    .unreadableSince(stage.epoch())
                    .map(at -> at.isBefore(stage.at()) ? stage.at() : at))
        .ifPresent(
            at -> {
              recoverable.remove(id);
              change(id, record -> record.unrecoverable(at));
            });
  }

  private void change(String id, UnaryOperator<ErasureRecord> change) {
    var changed = erasures.computeIfPresent(id, (same, record) -> change.apply(record));
    if (changed != null && changed.complete()) {
      order.complete(id);
    }
  }

  /** The highest life of the subject that was or is being erased. */
  public OptionalLong erasedLife(String pseudonym) {
    var life = erasedLives.get(pseudonym);
    return life == null ? OptionalLong.empty() : OptionalLong.of(life);
  }

  /**
   * Withdrawals and forgettings of lives not erased that a readable copy of Redis may lack, in the
   * order of the ledger.
   */
  public List<NumberedAct> reducing(String pseudonym) {
    return reducing.of(pseudonym);
  }

  /** A withdrawal or forgetting, and the number of its entry. */
  public record NumberedAct(long number, LedgerEntry.Reducing act) {}

  public Optional<ErasureRecord> erasure(String erasureId) {
    return Optional.ofNullable(erasures.get(erasureId));
  }

  /** The last erasure that was asked for. */
  public Optional<ErasureRecord> latestErasure(String pseudonym) {
    return Optional.ofNullable(latestErasures.get(pseudonym)).flatMap(this::erasure);
  }

  /** The legal hold that the person is under. */
  public Optional<Standing> hold(String pseudonym) {
    return states.hold(pseudonym);
  }

  /** The restriction that the person is under. */
  public Optional<Standing> restriction(String pseudonym) {
    return states.restriction(pseudonym);
  }

  /** How many people are under a legal hold, and how many are restricted. */
  public VaultFigures.States states() {
    return new VaultFigures.States(states.held(), states.restricted());
  }

  /** Whether the erasure has to wait for the end of a legal hold. */
  public boolean isHeld(ErasureRecord record) {
    return hold(record.pseudonym()).filter(hold -> record.life() >= hold.life()).isPresent();
  }

  /** Whether nothing is left to do for the erasure until a legal hold ends. */
  public boolean waits(ErasureRecord record) {
    return record.held() && isHeld(record);
  }

  /** Erasures of the person that were put aside at any time, oldest first. */
  public List<ErasureRecord> everWithheld(String pseudonym) {
    return everWithheld.getOrDefault(pseudonym, List.of()).stream()
        .flatMap(id -> erasure(id).stream())
        .toList();
  }

  /** Erasures of which something may be put aside, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> putAside() {
    return Stream.concat(withheld.stream(), unfinished.stream())
        .flatMap(id -> erasure(id).stream())
        .filter(record -> record.held() || isHeld(record))
        .toList();
  }

  /** The highest life of everybody that was or is being erased. */
  public Map<String, Long> erasedLives() {
    return Map.copyOf(erasedLives);
  }

  /** Whether a notice is over; known as long as a readable copy of Redis may still hold it. */
  public boolean noticeEnded(String noticeId) {
    return notices.ended(noticeId);
  }

  /** The notices of an erasure that are over, oldest first. */
  public List<NoticeState> noticesOf(String erasureId) {
    return notices.ofErasure(erasureId);
  }

  /**
   * Erasures in the order in which they were asked for, as {@link ErasureOrder} numbers them; takes
   * time in how many are wanted.
   *
   * @param after number of the last one not wanted
   * @param open whether only those that a stage is still ahead of
   */
  public List<NumberedErasure> erasures(long after, boolean open, int most) {
    return order.after(after, open, most).entrySet().stream()
        .flatMap(
            entry ->
                erasure(entry.getValue()).stream()
                    .map(record -> new NumberedErasure(entry.getKey(), record)))
        .toList();
  }

  /** An erasure, and the number of the entry that asked for it. */
  public record NumberedErasure(long number, ErasureRecord record) {}

  /** Erasures of which Redis may not know yet, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> unfinished() {
    return records(unfinished);
  }

  /** Erasures that the files of Redis may still hold, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> unpurged() {
    return records(unpurged);
  }

  private List<ErasureRecord> records(Set<String> ids) {
    return ids.stream().flatMap(id -> erasure(id).stream()).toList();
  }

  /** How many erasures wait for which stage. */
  public synchronized VaultFigures.Pending pending() {
    return new VaultFigures.Pending(
        unfinished.size(),
        unfinished.size() + withheld.size() + unpurged.size(),
        recoverable.size());
  }

  /**
   * The earliest date by which an erasure that waits for the destruction of its epoch is promised
   * to be unrecoverable; takes time in their number.
   */
  public synchronized Optional<Instant> earliestPromise() {
    return records(recoverable).stream()
        .flatMap(record -> record.erased().stream())
        .map(ErasureRecord.Erased::by)
        .min(Instant::compareTo);
  }

  /**
   * How many erasures took away, at a time or later, what stood under an epoch or a later one;
   * takes time in the number of all erasures.
   */
  public long erasedUnder(int epoch, Instant from) {
    return erasures.values().stream()
        .flatMap(record -> record.erased().stream())
        .filter(stage -> stage.epoch() >= epoch && !stage.at().isBefore(from))
        .count();
  }

  /** How many erasures wait for the destruction of their epoch, unfinished ones included. */
  public synchronized long pendingUnrecoverable() {
    return recoverable.size();
  }

  /** Whom a copy of Redis may know otherwise than the ledger; takes time in their number. */
  public Set<String> pseudonymsToReplay() {
    var all = new HashSet<>(erasedLives.keySet());
    all.addAll(reducing.pseudonyms());
    return Set.copyOf(all);
  }
}
