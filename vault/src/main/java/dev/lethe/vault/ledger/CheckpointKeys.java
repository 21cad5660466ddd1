package dev.lethe.vault.ledger;

/** The public keys that checkpoints are checked with. */
@FunctionalInterface
public interface CheckpointKeys {
  /** Knows no key, so that no checkpoint holds. */
  CheckpointKeys NONE = (statement, kid, signature) -> false;

  /**
   * Whether a signature is good.
   *
   * @param statement what was signed, see {@link CheckpointSigner}
   * @param kid which key is said to have signed it
   * @param signature what {@link CheckpointSigner#sign} gave
   */
  boolean verifies(byte[] statement, String kid, String signature);
}
