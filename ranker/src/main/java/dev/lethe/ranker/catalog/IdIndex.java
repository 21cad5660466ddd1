package dev.lethe.ranker.catalog;

import java.util.List;

/**
 * Finds the place of an id in a list: a hash table by open addressing, whose slots hold hash and
 * place side by side. A ranking looks up hundreds of ids, and what that costs is the reads of
 * scattered memory, of which a map of objects needs twice as many.
 */
final class IdIndex {
  /** What is found of an id that is not there. */
  static final int NONE = -1;

  /** Hash in the upper half, place + 1 in the lower; 0 is free. At least half of them are. */
  private final long[] slots;

  private final String[] ids;
  private final int mask;

  /**
   * @param ids no id twice
   */
  IdIndex(List<String> ids) {
    this.ids = ids.toArray(String[]::new);
    slots = new long[Math.max(2, 4 * Integer.highestOneBit(this.ids.length))];
    mask = slots.length - 1;
    for (int place = 0; place < this.ids.length; place++) {
      int hash = hash(this.ids[place]);
      int slot = hash & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = (long) hash << Integer.SIZE | (place + 1);
    }
  }

  int find(String id) {
    int hash = hash(id);
    for (int slot = hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      int place = (int) slots[slot] - 1;
      if ((int) (slots[slot] >> Integer.SIZE) == hash && ids[place].equals(id)) {
        return place;
      }
    }
    return NONE;
  }

  /** Spread: the hashes of texts that differ at their ends only stand close together. */
  private static int hash(String id) {
    int spread = id.hashCode() * 0x9E3779B9;
    return spread ^ spread >>> 16;
  }
}
