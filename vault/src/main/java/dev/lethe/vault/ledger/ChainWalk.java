package dev.lethe.vault.ledger;

import dev.lethe.vault.api.ChainCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a walk along a chain from its beginning found.
 *
 * @param entries how many good entries stand at the beginning
 * @param head hash of the last of them
 * @param length their bytes; a torn end may follow
 * @param fault what is wrong with the entry after them
 * @param faultIsTear whether the fault may stem from a write cut short: a last line without the
 *     shape of an entry
 */
record ChainWalk(
    long entries, String head, long length, Optional<String> fault, boolean faultIsTear) {

  /** Is shown each good entry with the offset of its line. */
  interface Visitor {
    void visit(Entry entry, long offset);
  }

  static ChainWalk along(Path file, long upTo, Visitor visitor) throws IOException {
    var entries = 0L;
    var head = ChainLine.NOTHING_BEFORE;
    var length = 0L;
    try (var lines = new LineReader(file, 0, upTo)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        var parsed = ChainLine.parse(line.get());
        if (parsed.isEmpty()) {
          var isLast = lines.next().isEmpty() && lines.tail().length == 0;
          return new ChainWalk(
              entries, head, length, Optional.of("it does not have the shape of one"), isLast);
        }
        var fault = parsed.get().faultAfter(entries, head);
        if (fault.isPresent()) {
          return new ChainWalk(entries, head, length, fault, false);
        }
        visitor.visit(parsed.get().entry(), length);
        entries++;
        head = parsed.get().hash();
        length += line.get().length + 1L;
      }
      return new ChainWalk(entries, head, length, overrun(lines.tail(), entries, head), false);
    }
  }

  /** A write that was cut short never leaves more than an entry without its newline. */
  private static Optional<String> overrun(byte[] tail, long entries, String head) {
    if (tail.length == 0) {
      return Optional.empty();
    }
    return ChainLine.parse(Arrays.copyOf(tail, tail.length - 1))
        .filter(line -> line.faultAfter(entries, head).isEmpty())
        .map(line -> "its newline was changed");
  }

  ChainCheck check() {
    return new ChainCheck(
        entries, head, fault.map(what -> "entry %d: %s".formatted(entries + 1, what)));
  }
}
