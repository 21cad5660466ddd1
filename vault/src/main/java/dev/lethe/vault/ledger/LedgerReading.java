package dev.lethe.vault.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a ledger says, read from its file without opening it for writing: also while an instance
 * appends to it. What stands in the file after the last complete line is left out.
 *
 * @param entries how many there are
 * @param head hash of the last of them
 * @param bytes length of what was read
 * @param index as a running instance has it
 * @param erasedLives the highest erased life of everybody who was erased
 * @param activeEpoch the last that was created
 * @param destroyed epochs whose keys are gone
 */
public record LedgerReading(
    long entries,
    String head,
    long bytes,
    LedgerIndex index,
    Map<String, Long> erasedLives,
    OptionalInt activeEpoch,
    Set<Integer> destroyed) {

  /** Is shown every entry while the file is read; a checkpoint says nothing of its own. */
  public interface Visitor {
    void visit(Entry entry, Optional<LedgerEntry> content);
  }

  /** {@link #of(Path, Visitor)} with nobody looking on. */
  public static LedgerReading of(Path file) {
    return of(file, (entry, content) -> {});
  }

  /**
   * Reads a file from its beginning. Blocks.
   *
   * @throws BrokenChainException when the chain does not hold
   * @throws UnreadableEntryException when an entry is not understood
   * @throws UncheckedIOException when the file cannot be read
   */
  public static LedgerReading of(Path file, Visitor visitor) {
    var index = new LedgerIndex();
    var destroyed = new TreeSet<Integer>();
    var active = new int[1];
    try {
      var walk =
          ChainWalk.along(
              file,
              Files.size(file),
              (entry, offset) -> {
                if (Checkpoint.isOne(entry)) {
                  visitor.visit(entry, Optional.empty());
                  return;
                }
                var content = LedgerEntry.of(entry.json());
                index.add(entry.seq(), entry.at(), content);
                if (content instanceof LedgerEntry.EpochCreated created) {
                  active[0] = Math.max(active[0], created.epoch());
                } else if (content instanceof LedgerEntry.EpochDestroyed gone) {
                  destroyed.add(gone.epoch());
                }
                visitor.visit(entry, Optional.of(content));
              });
      if (walk.fault().isPresent() && !walk.faultIsTear()) {
        throw new BrokenChainException(file, walk.entries() + 1, walk.fault().get());
      }
      return new LedgerReading(
          walk.entries(),
          walk.head(),
          walk.length(),
          index,
          index.erasedLives(),
          active[0] == 0 ? OptionalInt.empty() : OptionalInt.of(active[0]),
          Set.copyOf(destroyed));
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger " + file + " cannot be read", e);
    }
  }

  /** Whether a life was erased and its data is still kept for a legal hold. */
  public boolean isHeld(String pseudonym, long life) {
    return life <= index.erasedLife(pseudonym).orElse(0)
        && index.hold(pseudonym).filter(hold -> life >= hold.life()).isPresent();
  }

  /** When the last erasure of a person becomes, or became, unrecoverable; empty when unknown. */
  public Optional<Instant> unrecoverableAt(String pseudonym) {
    return index.latestErasure(pseudonym).flatMap(ErasureRecord::unrecoverableAt);
  }
}
