package dev.lethe.vault.redis;

/**
 * What an erasure left. It stays in the hash when a new life begins, until the next erasure.
 *
 * @param erasedAt seconds since the Unix epoch
 * @param tokenDigest of the token that asked
 * @param oldEpoch the highest epoch under which anything erased was sealed
 */
public record Tombstone(String erasureId, long erasedAt, byte[] tokenDigest, int oldEpoch) {
  static final String ERASURE = "erasure";
  static final String ERASED_AT = "erasedAt";
  static final String TOKEN = "token";
  static final String OLD_EPOCH = "oldEpoch";
}
