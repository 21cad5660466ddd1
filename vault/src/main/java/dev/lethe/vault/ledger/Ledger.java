package dev.lethe.vault.ledger;

import dev.lethe.vault.api.ChainCheck;
import io.vertx.core.Future;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The append-only record, outside Redis, of every act that takes something away, and of erasures'
 * progress. An act stands here before Redis is changed, so that no restored copy and no fail-over
 * can undo it. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
  private final HashChainFile file;
  private final LedgerIndex index;

  private Ledger(HashChainFile file, LedgerIndex index) {
    this.file = file;
    this.index = index;
  }

  /** Where the ledger lies in a data folder. */
  public static Path file(Path data) {
    return data.resolve("ledger").resolve("ledger.jsonl");
  }

  /**
   * Opens the ledger of a data folder and reads it all. Blocks.
   *
   * @throws BrokenChainException when the chain does not hold
   * @throws UnreadableEntryException when an entry is not understood
   * @throws UncheckedIOException when the file cannot be read or made
   */
  public static Ledger open(Path data, Clock clock, CheckpointSigner signer) {
    var index = new LedgerIndex();
    return new Ledger(
        HashChainFile.open(file(data), clock, entry -> add(index, entry), signer), index);
  }

  private static void add(LedgerIndex index, Entry entry) {
    if (Checkpoint.isOne(entry)) {
      return;
    }
    try {
      index.add(entry.seq(), entry.at(), LedgerEntry.of(entry.json()));
    } catch (UnreadableEntryException e) {
      throw new UnreadableEntryException(
          "entry %d of the ledger: %s".formatted(entry.seq(), e.getMessage()), e);
    }
  }

  /**
   * Appends an entry. When the future completes, on the caller's context, the entry is durable and
   * in the index; until it is durable the index does not know it.
   *
   * @return fails with {@link LedgerUnavailableException}; the entry may stand in the ledger all
   *     the same after a crash
   */
  public Future<Entry> append(LedgerEntry entry) {
    return file.append(entry.json());
  }

  /** What the ledger says. */
  public LedgerIndex index() {
    return index;
  }

  /** Checks the chain of a data folder's ledger, also while it is in use. Blocks. */
  public static ChainCheck verify(Path data, CheckpointKeys keys) {
    return HashChainFile.verify(file(data), keys);
  }

  /** The file itself. */
  public HashChainFile chain() {
    return file;
  }

  /** How many entries are durable. */
  public long entries() {
    return file.entries();
  }

  /** Hash of the last durable entry. */
  public String head() {
    return file.head();
  }

  /** Whether the disk takes entries. */
  public boolean healthy() {
    return file.healthy();
  }

  /**
   * Whether no entry that was refused until now can still turn out to be written: what the index
   * does not know then, it never will. Not so while the disk hangs, or keeps half a line.
   */
  public boolean settled() {
    return file.settled();
  }

  /** Writes what waits and closes the file. Blocks. */
  @Override
  public void close() {
    file.close();
  }
}
