package dev.lethe.vault.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** When epochs began and ended, as the ledger tells it. Not thread-safe. */
final class EpochDates {
  /** Number of the entry that began an epoch; destroyed epochs are taken out. */
  private final TreeMap<Integer, Long> living = new TreeMap<>();

  private final TreeMap<Integer, Instant> destroyed = new TreeMap<>();

  void created(int epoch, long seq) {
    if (!destroyed.containsKey(epoch)) {
      living.putIfAbsent(epoch, seq);
    }
  }

  void destroyed(int epoch, Instant at) {
    destroyed.putIfAbsent(epoch, at);
    living.remove(epoch);
  }

  /** When the first epoch that is this one or a later one was destroyed: no copy opens since. */
  Optional<Instant> unreadableSince(int epoch) {
    return destroyed.tailMap(epoch).values().stream().min(Instant::compareTo);
  }

  /**
   * Number of the entry with which the oldest epoch began that is not destroyed. A copy of Redis
   * from before it is noise, so nothing recorded before it is ever needed again.
   */
  OptionalLong oldestLiving() {
    return living.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(living.firstEntry().getValue());
  }
}
