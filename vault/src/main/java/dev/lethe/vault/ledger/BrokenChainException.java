package dev.lethe.vault.ledger;

import java.nio.file.Path;

/** A hash-chained file does not hold: something in it was changed, removed or put in between. */
public final class BrokenChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long entry;

  BrokenChainException(Path file, long entry, String fault) {
    super(
        "%s is broken at entry %d: %s; put back a copy whose chain holds"
            .formatted(file, entry, fault));
    this.file = file.toString();
    this.entry = entry;
  }

  /** The file at fault. */
  public Path file() {
    return Path.of(file);
  }

  /** The number of the first broken entry, from 1. */
  public long entry() {
    return entry;
  }
}
