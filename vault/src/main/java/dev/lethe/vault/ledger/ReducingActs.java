package dev.lethe.vault.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The withdrawals and forgettings that an older copy of Redis might undo. Thread-safe. */
final class ReducingActs {
  private final ConcurrentHashMap<String, List<Recorded>> byPseudonym = new ConcurrentHashMap<>();

  private record Recorded(long seq, LedgerEntry.Reducing act) {}

  void add(long seq, LedgerEntry.Reducing act) {
    byPseudonym.merge(
        act.pseudonym(),
        List.of(new Recorded(seq, act)),
        (before, added) -> {
          var all = new ArrayList<>(before);
          all.addAll(added);
          return List.copyOf(all);
        });
  }

  /** Forgets the acts of lives that have ended. */
  void endLives(String pseudonym, long upTo) {
    byPseudonym.computeIfPresent(
        pseudonym,
        (same, acts) -> {
          var left = acts.stream().filter(recorded -> recorded.act().life() > upTo).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** Forgets everything that was recorded before an entry. */
  void dropBefore(long seq) {
    for (var pseudonym : byPseudonym.keySet()) {
      byPseudonym.computeIfPresent(
          pseudonym,
          (same, acts) -> {
            var left = acts.stream().filter(recorded -> recorded.seq() >= seq).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  List<LedgerEntry.Reducing> of(String pseudonym) {
    return byPseudonym.getOrDefault(pseudonym, List.of()).stream().map(Recorded::act).toList();
  }

  Set<String> pseudonyms() {
    return Set.copyOf(byPseudonym.keySet());
  }
}
