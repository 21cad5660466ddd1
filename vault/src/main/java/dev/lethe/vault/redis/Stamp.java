package dev.lethe.vault.redis;

/**
 * Which state of a subject this is.
 *
 * @param life counts the times that the subject came anew, from 1
 * @param ver counts the changes and never restarts
 * @param epoch under which the grants are sealed, from 1; 0 for a subject that is erased
 */
public record Stamp(long life, long ver, int epoch) {
  /** What stands where there is no hash. */
  static final Stamp ABSENT = new Stamp(0, 0, 0);
}
