package dev.lethe.vault.ledger;

import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The withdrawals and forgettings that an older copy of Redis might undo. Thread-safe. */
final class ReducingActs {
  private final ConcurrentHashMap<String, List<NumberedAct>> byPseudonym =
      new ConcurrentHashMap<>();

  void add(long number, LedgerEntry.Reducing act) {
    byPseudonym.merge(
        act.pseudonym(),
        List.of(new NumberedAct(number, act)),
        (before, added) -> {
          var all = new ArrayList<>(before);
          all.addAll(added);
          return List.copyOf(all);
        });
  }

  /** Forgets an act that was not done. */
  void lapsed(String pseudonym, long number) {
    keep(pseudonym, recorded -> recorded.number() != number);
  }

  /** Forgets the acts of lives that have ended. */
  void endLives(String pseudonym, long upTo) {
    keep(pseudonym, recorded -> recorded.act().life() > upTo);
  }

  /** Forgets everything that was recorded before an entry. */
  void dropBefore(long number) {
    byPseudonym.keySet().forEach(each -> keep(each, recorded -> recorded.number() >= number));
  }

  private void keep(String pseudonym, Predicate<NumberedAct> which) {
    byPseudonym.computeIfPresent(
        pseudonym,
        (same, acts) -> {
          var left = acts.stream().filter(which).toList();
          return left.isEmpty() ? null : left;
        });
  }

  List<NumberedAct> of(String pseudonym) {
    return byPseudonym.getOrDefault(pseudonym, List.of());
  }

  Set<String> pseudonyms() {
    return Set.copyOf(byPseudonym.keySet());
  }
}
