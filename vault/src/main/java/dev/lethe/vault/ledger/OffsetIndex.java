package dev.lethe.vault.ledger;

import java.util.ArrayList;
import java.util.List;

/** Where in the file every 256th line begins, and the last one. Not thread-safe. */
final class OffsetIndex {
  private static final int STRIDE = 256;

  private final List<Long> offsets = new ArrayList<>();
  private long last;

  /** A line and the offset of its first byte. */
  record Line(long seq, long offset) {}

  /** Notes a line; lines come in order. */
  void add(long seq, long offset) {
    last = offset;
    if ((seq - 1) % STRIDE == 0) {
      offsets.add(offset);
    }
  }

  /** Offset of the last line; 0 when there is none. */
  long last() {
    return last;
  }

  /** The last noted line at or before the one that follows {@code after}. */
  Line lineBefore(long after) {
    if (offsets.isEmpty()) {
      return new Line(1, 0);
    }
    var place = (int) Math.min(after / STRIDE, offsets.size() - 1L);
    return new Line((long) place * STRIDE + 1, offsets.get(place));
  }
}
