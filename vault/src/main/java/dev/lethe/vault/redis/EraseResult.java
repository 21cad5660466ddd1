package dev.lethe.vault.redis;

/** What became of an erasure in the store. */
public sealed interface EraseResult {
  /**
   * Only the tombstone is left.
   *
   * @param highestEpoch under which anything erased was sealed
   * @param ver version of the tombstone
   */
  record Erased(int highestEpoch, long ver) implements EraseResult {}

  /** The tombstone stands, and what was stored is put aside. */
  record Withheld() implements EraseResult {}

  /** There was no hash, or a later life has begun; nothing was changed. */
  record Gone() implements EraseResult {}

  /** The version is another one than that at which alone it was to be done; nothing was changed. */
  record Changed() implements EraseResult {}
}
