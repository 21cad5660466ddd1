package dev.lethe.vault.redis;

/** What became of a {@link Change}. */
public sealed interface ChangeResult {
  /** It is made, and durable as far as the server's append-only file is. */
  record Changed() implements ChangeResult {}

  /** The subject is not what was expected: read again and start over. */
  record Lost() implements ChangeResult {}

  /**
   * The same was done before; nothing was changed now.
   *
   * @param value of the idempotency record
   */
  record Seen(byte[] value) implements ChangeResult {}
}
