package dev.lethe.vault.ledger;

/**
 * Signs checkpoints. The statement signed is the text of four lines, joined by newlines, in ASCII:
 * {@code lethe checkpoint 1}, the name of the chain, the number of an entry, its hash. Whoever
 * holds a good signature of it knows every entry up to that one, for each hash covers the one
 * before.
 */
public interface CheckpointSigner extends CheckpointKeys {
  /** Names the key. */
  String kid();

  /** A signature in characters that JSON need not escape. */
  String sign(byte[] statement);
}
