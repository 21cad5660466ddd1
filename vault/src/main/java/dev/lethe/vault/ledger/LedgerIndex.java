package dev.lethe.vault.ledger;

import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.VaultFigures;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the ledger says, in memory, so that every read of Redis can be checked against it.
 *
 * <p>Kept for ever: who was erased up to which life, and every erasure. Kept as long as they stand:
 * legal holds and restrictions. Kept as long as a readable copy of Redis may contradict them:
 * withdrawals and forgettings. Thread-safe; a question sees every entry whose append has completed,
 * and answers in constant time unless said otherwise.
 */
public final class LedgerIndex {
  private final ErasureRecords erasures = new ErasureRecords();
  private final ReducingActs reducing = new ReducingActs();
  private final SubjectStates states = new SubjectStates();
  private final NoticeEndings notices = new NoticeEndings();

  // Under the monitor.
  private final EpochDates epochs = new EpochDates();
  private final ErasureStages stages = new ErasureStages(erasures, states, reducing, epochs);

  private volatile long last;

  LedgerIndex() {}

  /** Takes in the next entry of the ledger. */
  synchronized void add(long seq, Instant at, LedgerEntry entry) {
    last = seq;
    if (entry instanceof LedgerEntry.Erase erase) {
      stages.requested(seq, at, erase);
    } else if (entry instanceof LedgerEntry.EraseAt conditional) {
      stages.requested(seq, at, conditional);
    } else if (entry instanceof LedgerEntry.EraseLapsed lapsed) {
      stages.lapsed(lapsed);
    } else if (entry instanceof LedgerEntry.Erased erased) {
      stages.erased(at, erased);
    } else if (entry instanceof LedgerEntry.Withheld put) {
      stages.withheld(at, put);
    } else if (entry instanceof LedgerEntry.StateChange change) {
      changeState(at, change);
    } else if (entry instanceof LedgerEntry.Purged purged) {
      stages.purged(at, purged);
    } else if (entry instanceof LedgerEntry.EpochCreated created) {
      epochs.created(created.epoch(), seq);
    } else if (entry instanceof LedgerEntry.EpochDestroyed destroyed) {
      epochs.destroyed(destroyed.epoch(), at);
      stages.epochDestroyed();
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

  private void changeState(Instant at, LedgerEntry.StateChange change) {
    switch (change.act()) {
      case HOLD, RESTRICT -> {
        if (change.life() > erasedLife(change.pseudonym()).orElse(0)) {
          states.add(at, change);
        }
      }
      case UNRESTRICT -> states.add(at, change);
      case RELEASE -> stages.released(at, change);
    }
  }

  /** The number of the last entry; 0 when there is none. */
  public long last() {
    return last;
  }

  /** The highest life of the subject that was or is being erased. */
  public OptionalLong erasedLife(String pseudonym) {
    return erasures.erasedLife(pseudonym);
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
    return erasures.get(erasureId);
  }

  /** The last erasure that was asked for. */
  public Optional<ErasureRecord> latestErasure(String pseudonym) {
    return erasures.latest(pseudonym);
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
    return states.isHeld(record);
  }

  /** Whether nothing is left to do for the erasure until a legal hold ends. */
  public boolean waits(ErasureRecord record) {
    return record.held() && isHeld(record);
  }

  /** Erasures of the person that were put aside at any time, oldest first. */
  public List<ErasureRecord> everWithheld(String pseudonym) {
    return erasures.everWithheld(pseudonym);
  }

  /** Erasures of which something may be put aside, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> putAside() {
    return stages.putAside();
  }

  /** The highest life of everybody that was or is being erased. */
  public Map<String, Long> erasedLives() {
    return erasures.erasedLives();
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
    return erasures.after(after, open, most);
  }

  /** An erasure, and the number of the entry that asked for it. */
  public record NumberedErasure(long number, ErasureRecord record) {}

  /** Erasures of which Redis may not know yet, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> unfinished() {
    return stages.unfinished();
  }

  /** Erasures that the files of Redis may still hold, oldest first; takes time in their number. */
  public synchronized List<ErasureRecord> unpurged() {
    return stages.unpurged();
  }

  /** How many erasures wait for which stage. */
  public synchronized VaultFigures.Pending pending() {
    return stages.pending();
  }

  /**
   * The earliest date by which an erasure that waits for the destruction of its epoch is promised
   * to be unrecoverable; takes time in their number.
   */
  public synchronized Optional<Instant> earliestPromise() {
    return stages.recoverable().stream()
        .flatMap(record -> record.erased().stream())
        .map(ErasureRecord.Erased::by)
        .min(Instant::compareTo);
  }

  /**
   * How many erasures took away, at a time or later, what stood under an epoch or a later one;
   * takes time in the number of all erasures.
   */
  public long erasedUnder(int epoch, Instant from) {
    return erasures.erasedUnder(epoch, from);
  }

  /** How many erasures wait for the destruction of their epoch, unfinished ones included. */
  public synchronized long pendingUnrecoverable() {
    return stages.pending().unrecoverable();
  }

  /** Whom a copy of Redis may know otherwise than the ledger; takes time in their number. */
  public Set<String> pseudonymsToReplay() {
    var all = new HashSet<>(erasures.erasedLives().keySet());
    all.addAll(reducing.pseudonyms());
    return Set.copyOf(all);
  }
}
