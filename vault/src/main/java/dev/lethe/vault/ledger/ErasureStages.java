package dev.lethe.vault.ledger;

import dev.lethe.vault.api.VaultFigures;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which stage each erasure waits for, in the order of the ledger, and what happens to its record,
 * to the states of the person and to earlier acts when it reaches one. Not thread-safe.
 */
final class ErasureStages {
  private final ErasureRecords records;
  private final SubjectStates states;
  private final ReducingActs reducing;
  private final EpochDates epochs;

  private final LinkedHashSet<String> unfinished = new LinkedHashSet<>();
  private final LinkedHashSet<String> withheld = new LinkedHashSet<>();
  private final LinkedHashSet<String> unpurged = new LinkedHashSet<>();
  private final LinkedHashSet<String> recoverable = new LinkedHashSet<>();

  ErasureStages(
      ErasureRecords records, SubjectStates states, ReducingActs reducing, EpochDates epochs) {
    this.records = records;
    this.states = states;
    this.reducing = reducing;
    this.epochs = epochs;
  }

  void requested(long seq, Instant at, LedgerEntry.Erase erase) {
    if (requested(seq, ErasureRecord.requested(at, erase, OptionalLong.empty()))) {
      takeEffect(erase.erasureId());
    }
  }

  void requested(long seq, Instant at, LedgerEntry.EraseAt conditional) {
    var only = OptionalLong.of(conditional.version());
    requested(seq, ErasureRecord.requested(at, conditional.erase(), only));
  }

  /** Whether it is a new one. */
  private boolean requested(long seq, ErasureRecord record) {
    if (!records.add(seq, record)) {
      return false;
    }
    unfinished.add(record.erasureId());
    return true;
  }

  /** From now on nothing of the life may be shown. */
  private void takeEffect(String id) {
    records
        .get(id)
        .ifPresent(
            record -> {
              recoverable.add(id);
              records.tookEffect(record);
              states.endLives(record.pseudonym(), record.life());
              if (!states.isHeld(record)) {
                reducing.endLives(record.pseudonym(), record.life());
              } // else a restored copy still has to lose what was taken away before
            });
  }

  void lapsed(LedgerEntry.EraseLapsed lapsed) {
    var id = lapsed.erasureId();
    if (records.get(id).filter(record -> record.onlyAt().isPresent()).isPresent()
        && unfinished.remove(id)) {
      records.lapsed(id);
    }
  }

  void withheld(Instant at, LedgerEntry.Withheld put) {
    var id = put.erasureId();
    var found = records.get(id).filter(record -> record.withheld().isEmpty());
    if (found.isEmpty() || !unfinished.remove(id)) {
      return;
    }
    var record = found.get();
    records.change(id, before -> before.withheld(new ErasureRecord.Withheld(at, put.modelBy())));
    withheld.add(id);
    records.withheld(record);
    if (record.onlyAt().isPresent()) {
      takeEffect(id);
    }
    if (!states.isHeld(record)) {
      endWithholding(at, id);
    }
  }

  /** A hold ends: what was put aside for it is due. */
  void released(Instant at, LedgerEntry.StateChange release) {
    var person = release.pseudonym();
    // Whose script has run may be put aside, although the ledger was not told: a copy of Redis
    // made now has to lose it when it comes back.
    unfinished.stream()
        .flatMap(id -> records.get(id).stream())
        .filter(record -> record.pseudonym().equals(person) && states.isHeld(record))
        .forEach(records::withheld);
    states.add(at, release);
    records.everWithheld(person).forEach(record -> endWithholding(at, record.erasureId()));
  }

  private void endWithholding(Instant at, String id) {
    if (withheld.remove(id)) {
      unfinished.add(id);
      records.change(id, record -> record.released(at));
    }
  }

  /** The first such entry stands: its receipt may have been given out. */
  void erased(Instant at, LedgerEntry.Erased erased) {
    var id = erased.erasureId();
    if (unfinished.remove(id) || withheld.remove(id)) {
      unpurged.add(id);
      records.change(
          id,
          record ->
              record.erased(
                  new ErasureRecord.Erased(at, erased.epoch(), erased.by(), erased.modelBy())));
      records
          .get(id)
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
  void purged(Instant at, LedgerEntry.Purged purged) {
    for (var id : purged.erasureIds()) {
      if (unpurged.remove(id)) {
        records.change(id, record -> record.purged(at));
      }
    }
  }

  /** An epoch was destroyed. */
  void epochDestroyed() {
    List.copyOf(recoverable).forEach(this::settle);
  }

  /** Marks an erasure unrecoverable if its epoch is gone; the script may end after the epoch. */
  private void settle(String id) {
    records
        .get(id)
        .flatMap(ErasureRecord::erased)
        .flatMap(
            stage ->
                epochs
                    .unreadableSince(stage.epoch())
                    .map(at -> at.isBefore(stage.at()) ? stage.at() : at))
        .ifPresent(
            at -> {
              recoverable.remove(id);
              records.change(id, record -> record.unrecoverable(at));
            });
  }

  /** Those of which Redis may not know yet. */
  List<ErasureRecord> unfinished() {
    return records(unfinished);
  }

  /** Those that the files of Redis may still hold. */
  List<ErasureRecord> unpurged() {
    return records(unpurged);
  }

  /** Those that wait for the destruction of their epoch, unfinished ones included. */
  List<ErasureRecord> recoverable() {
    return records(recoverable);
  }

  /** Those of which something may be put aside. */
  List<ErasureRecord> putAside() {
    return Stream.of(withheld, unfinished)
        .flatMap(ids -> records(ids).stream())
        .filter(record -> record.held() || states.isHeld(record))
        .toList();
  }

  private List<ErasureRecord> records(Set<String> ids) {
    return ids.stream().flatMap(id -> records.get(id).stream()).toList();
  }

  VaultFigures.Pending pending() {
    return new VaultFigures.Pending(
        unfinished.size(),
        unfinished.size() + withheld.size() + unpurged.size(),
        recoverable.size());
  }
}
