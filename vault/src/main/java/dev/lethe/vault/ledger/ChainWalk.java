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
 * @param checkpoint the last one among them; its signature is not checked by the walk
 * @param fault what is wrong with the entry after them
 * @param faultIsTear whether the fault may stem from a write cut short: a last line without the
 *     shape of an entry
 */
record ChainWalk(
    long entries,
    String head,
    long length,
    Optional<Checkpoint> checkpoint,
    Optional<String> fault,
    boolean faultIsTear) {
  static final String UNSIGNED = "it is a checkpoint that no key known here has signed";

  private static final ChainWalk START =
      new ChainWalk(0, ChainLine.NOTHING_BEFORE, 0, Optional.empty(), Optional.empty(), false);

  /** Is shown each good entry with the offset of its line. */
  interface Visitor {
    void visit(Entry entry, long offset);
  }

  static ChainWalk along(Path file, long upTo, Visitor visitor) throws IOException {
    return along(file, upTo, visitor, (statement, kid, signature) -> true);
  }

  private static ChainWalk along(Path file, long upTo, Visitor visitor, CheckpointKeys keys)
      throws IOException {
    var chain = Checkpoint.chainOf(file);
    var walk = START;
    try (var lines = new LineReader(file, 0, upTo)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        var parsed = ChainLine.parse(line.get());
        if (parsed.isEmpty()) {
          var isLast = lines.next().isEmpty() && lines.tail().length == 0;
          return walk.broken("it does not have the shape of one", isLast);
        }
        var next = walk.over(parsed.get(), line.get().length + 1L, chain, keys);
        if (next.fault.isPresent()) {
          return next;
        }
        visitor.visit(parsed.get().entry(), walk.length);
        walk = next;
      }
      var overrun = walk.overrun(lines.tail());
      return overrun.isPresent() ? walk.broken(overrun.get(), false) : walk;
    }
  }

  private ChainWalk over(ChainLine line, long bytes, String chain, CheckpointKeys keys) {
    var wrong = line.faultAfter(entries, head);
    if (wrong.isPresent()) {
      return broken(wrong.get(), false);
    }
    var entry = line.entry();
    var last = checkpoint;
    if (Checkpoint.isOne(entry)) {
      last =
          Checkpoint.read(entry)
              .filter(read -> read.chain().equals(chain) && read.upTo().equals(end()));
      if (last.isEmpty()) {
        return broken("it is a checkpoint of something else", false);
      }
      if (!last.get().signedBy(keys)) {
        return broken(UNSIGNED, false);
      }
    }
    return new ChainWalk(entry.seq(), entry.hash(), length + bytes, last, Optional.empty(), false);
  }

  private ChainWalk broken(String what, boolean isTear) {
    return new ChainWalk(entries, head, length, checkpoint, Optional.of(what), isTear);
  }

  private ChainHead end() {
    return new ChainHead(entries, head);
  }

  /** A write that was cut short never leaves more than an entry without its newline. */
  private Optional<String> overrun(byte[] tail) {
    if (tail.length == 0) {
      return Optional.empty();
    }
    return ChainLine.parse(Arrays.copyOf(tail, tail.length - 1))
        .filter(line -> line.faultAfter(entries, head).isEmpty())
        .map(line -> "its newline was changed");
  }

  /**
   * The verdict on a file. The last checkpoint vouches for everything before it, the earlier ones
   * included; so only when that one does not hold are all of them looked at, for the first that
   * does not.
   */
  static ChainCheck check(Path file, long upTo, CheckpointKeys keys) throws IOException {
    var walk = along(file, upTo, (entry, offset) -> {});
    if (walk.checkpoint.isPresent() && !walk.checkpoint.get().signedBy(keys)) {
      walk = along(file, upTo, (entry, offset) -> {}, keys);
    }
    var good = walk;
    return new ChainCheck(
        good.entries,
        good.head,
        good.checkpoint.map(last -> last.upTo().seq()).orElse(0L),
        good.fault.map(what -> "entry %d: %s".formatted(good.entries + 1, what)));
  }
}
