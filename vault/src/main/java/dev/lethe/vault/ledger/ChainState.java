package dev.lethe.vault.ledger;

/** What is durable of a hash-chained file. Thread-safe. */
final class ChainState {
  private final OffsetIndex index;
  private long entries;
  private String head;
  private long length;
  private long turns;
  private boolean touched;

  ChainState(OffsetIndex index, ChainWalk found) {
    this.index = index;
    this.entries = found.entries();
    this.head = found.head();
    this.length = found.length();
  }

  /**
   * The end of what is durable.
   *
   * @param length in bytes, all of them good entries
   * @param lastLine offset of the last entry
   * @param turns how often the file was written to
   * @param exact whether nothing else stands in the file
   */
  record End(ChainHead head, long length, long lastLine, long turns, boolean exact) {}

  synchronized End end() {
    return new End(new ChainHead(entries, head), length, index.last(), turns, !touched);
  }

  /** The file is about to be written to. */
  synchronized void touch() {
    touched = true;
    turns++;
  }

  /** The file holds what is durable and nothing else. */
  synchronized void settle() {
    touched = false;
  }

  synchronized void add(ChainLine.Written line) {
    index.add(line.entry().seq(), length);
    entries++;
    head = line.entry().hash();
    length += line.bytes().length;
  }

  synchronized OffsetIndex.Line lineBefore(long after) {
    return index.lineBefore(after);
  }
}
