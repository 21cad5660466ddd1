package dev.lethe.vault.keys;

/** Says whether this node may seal now; it may not once other nodes may count it out. */
@FunctionalInterface
public interface SealingPermit {
  /** Nobody else uses the keys. */
  SealingPermit UNBOUNDED = () -> Long.MAX_VALUE;

  /**
   * Until when what is sealed now may be stored, in milliseconds of the store's own clock. Costs no
   * more than reading a clock.
   *
   * @throws SealingLapsedException when this node may not seal
   */
  long until();
}
