package dev.lethe.vault.api;

import java.util.Locale;

/** How far an erasure is; in this order. */
public enum ErasureStage {
  /** Nothing of the person is shown any more. */
  INACCESSIBLE,
  /** Redis has rewritten its files without the person. */
  PURGED,
  /** The keys that older copies need are destroyed. */
  UNRECOVERABLE;

  /** The name in receipts and in the HTTP interface. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
