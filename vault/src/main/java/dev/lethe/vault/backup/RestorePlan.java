package dev.lethe.vault.backup;

import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerReading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What bringing a backup back would do.
 *
 * @param keepsLedger whether today's ledger and audit log stay; otherwise the backup's are taken
 * @param since how many entries today's ledger has that the backup lacks
 * @param erasures among them, which will be carried out again
 * @param withdrawals likewise
 * @param forgettings likewise
 */
public record RestorePlan(
    Manifest manifest,
    boolean keepsLedger,
    long since,
    long erasures,
    long withdrawals,
    long forgettings) {

  /**
   * Compares today's ledger with the backup's.
   *
   * @throws BackupException when they tell different stories
   */
  static RestorePlan of(Manifest manifest, Path today, Path inBackup) {
    if (!Files.exists(today)) {
      return new RestorePlan(manifest, false, 0, 0, 0, 0);
    }
    var counts = new long[3];
    var hashThere = new AtomicReference<>("");
    var reading =
        LedgerReading.of(
            today,
            (entry, content) -> {
              if (entry.seq() == manifest.entries()) {
                hashThere.set(entry.hash());
              } else if (entry.seq() > manifest.entries()) {
                content.ifPresent(act -> count(act, counts));
              }
            });
    if (reading.entries() < manifest.entries()) {
      requireEnd(reading, inBackup);
      return new RestorePlan(manifest, false, 0, 0, 0, 0);
    }
    if (!manifest.head().equals(hashThere.get())) {
      throw differentStories();
    }
    return new RestorePlan(
        manifest, true, reading.entries() - manifest.entries(), counts[0], counts[1], counts[2]);
  }

  private static void count(LedgerEntry content, long[] counts) {
    if (content instanceof LedgerEntry.Erase || content instanceof LedgerEntry.EraseAt) {
      counts[0]++;
    } else if (content instanceof LedgerEntry.Withdraw) {
      counts[1]++;
    } else if (content instanceof LedgerEntry.Forget) {
      counts[2]++;
    }
  }

  /** Today's ledger is shorter: it must be the beginning of the backup's. */
  private static void requireEnd(LedgerReading today, Path inBackup) {
    var hashThere = new AtomicReference<>(today.entries() == 0 ? today.head() : "");
    LedgerReading.of(
        inBackup,
        (entry, content) -> {
          if (entry.seq() == today.entries()) {
            hashThere.set(entry.hash());
          }
        });
    if (!today.head().equals(hashThere.get())) {
      throw differentStories();
    }
  }

  private static BackupException differentStories() {
    return new BackupException(
        "today's ledger does not hold the end of the backup's: one of them is not of this"
            + " installation, or was changed");
  }
}
