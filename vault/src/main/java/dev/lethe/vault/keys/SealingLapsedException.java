package dev.lethe.vault.keys;

/** This node may not seal for now: other nodes may have gone on to another epoch without it. */
public final class SealingLapsedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SealingLapsedException() {
    super("this node has no lease on sealing");
  }
}
