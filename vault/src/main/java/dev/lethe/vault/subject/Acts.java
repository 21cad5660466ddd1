package dev.lethe.vault.subject;

import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.SealedSubject;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Which withdrawals and forgettings of the ledger are carried out in what is stored of a person.
 *
 * <p>An act is known by its place in the ledger, and not by the version that it led to: a store
 * that was given up may have gone on to later versions without it. Compared by version are only a
 * grant that was sealed before grants said what they have seen, and one that has seen more than the
 * ledger holds, because an older copy of the ledger had to be taken.
 */
record Acts(LedgerIndex ledger) {
  /** Whether nobody could have missed any, which is so of most people. */
  boolean none(String pseudonym) {
    return ledger.reducing(pseudonym).isEmpty();
  }

  /** What a person as stored has not seen, in the order of the ledger. */
  List<NumberedAct> unseen(SealedSubject stored) {
    return unseen(stored.subject(), stored.version(), stored.seen());
  }

  /** What an open person has not seen. */
  List<NumberedAct> unseen(OpenSubject person) {
    return unseen(person.subject(), person.version(), person.seen());
  }

  private List<NumberedAct> unseen(SubjectLife subject, long version, OptionalLong seen) {
    boolean placed = placed(seen);
    return of(subject)
        .filter(each -> placed ? each.number() > seen.getAsLong() : each.act().version() > version)
        .toList();
  }

  /** The number of the last act that a person has seen; 0 when they have seen none. */
  long seen(OpenSubject person) {
    return placed(person.seen())
        ? person.seen().getAsLong()
        : latest(of(person.subject()).filter(each -> each.act().version() <= person.version()));
  }

  private boolean placed(OptionalLong seen) {
    return seen.isPresent() && seen.getAsLong() <= ledger.last();
  }

  /** The number of the last act about somebody, of whatever life; 0 when there is none. */
  long last(String pseudonym) {
    return latest(ledger.reducing(pseudonym).stream());
  }

  private Stream<NumberedAct> of(SubjectLife subject) {
    return ledger.reducing(subject.pseudonym()).stream()
        .filter(each -> each.act().life() == subject.life());
  }

  private static long latest(Stream<NumberedAct> acts) {
    return acts.mapToLong(NumberedAct::number).max().orElse(0);
  }
}
