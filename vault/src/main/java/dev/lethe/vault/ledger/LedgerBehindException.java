package dev.lethe.vault.ledger;

import java.nio.file.Path;

/** A file lacks entries that are known to have stood in it. */
public final class LedgerBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "put back the newest copy of the file, see docs/operations.md";

  private LedgerBehindException(String what) {
    super(what + "; " + REMEDY);
  }

  static LedgerBehindException behind(Path file, long entries, ChainHead known, String witness) {
    return new LedgerBehindException(
        "%s ends at entry %d, but %s knows entry %d: entries %d to %d are missing"
            .formatted(file, entries, witness, known.seq(), entries + 1, known.seq()));
  }

  static LedgerBehindException replaced(Path file, ChainHead known, String witness) {
    return new LedgerBehindException(
        "%s was replaced: its entry %d is not the one that %s knows"
            .formatted(file, known.seq(), witness));
  }
}
