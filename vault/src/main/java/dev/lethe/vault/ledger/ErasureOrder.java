package dev.lethe.vault.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Erasures in the order in which they were asked for: all there are, and those that a stage is
 * still ahead of. Each is numbered by the entry of the ledger that asked for it. Thread-safe.
 */
final class ErasureOrder {
  private final ConcurrentSkipListMap<Long, String> all = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, String> open = new ConcurrentSkipListMap<>();
  private final ConcurrentHashMap<String, Long> openNumbers = new ConcurrentHashMap<>();

  void asked(long number, String id) {
    all.put(number, id);
    open.put(number, id);
    openNumbers.put(id, number);
  }

  void complete(String id) {
    var number = openNumbers.remove(id);
    if (number != null) {
      open.remove(number);
    }
  }

  /** It has never taken place. */
  void lapsed(String id) {
    var number = openNumbers.remove(id);
    if (number != null) {
      open.remove(number);
      all.remove(number);
    }
  }

  /** Ids by number, in their order; at most so many behind a number. */
  Map<Long, String> after(long number, boolean onlyOpen, int most) {
    var found = new LinkedHashMap<Long, String>();
    for (var entry : (onlyOpen ? open : all).tailMap(number, false).entrySet()) {
      if (found.size() == most) {
        break;
      }
      found.put(entry.getKey(), entry.getValue());
    }
    return found;
  }
}
