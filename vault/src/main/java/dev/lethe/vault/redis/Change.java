package dev.lethe.vault.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of one subject, made whole or not at all.
 *
 * @param expected what was read; empty when there was no hash
 * @param next what stands afterwards, of an epoch from 1
 * @param set fields to write
 * @param remove fields to take out first
 * @param idempotent makes a repetition harmless
 * @param until when it must be made at the latest, in milliseconds of the server's clock
 */
public record Change(
    Optional<Stamp> expected,
    Stamp next,
    Map<String, byte[]> set,
    Set<String> remove,
    Optional<Idempotent> idempotent,
    long until) {
  /**
   * @throws IllegalArgumentException when it names a field that belongs to the store
   */
  public Change {
    set = Map.copyOf(set);
    remove = Set.copyOf(remove);
    if (next.epoch() < 1 || next.life() < 1) {
      throw new IllegalArgumentException("a living subject has a life and an epoch from 1");
    }
    for (var name : StoredSubject.RESERVED) {
      if (set.containsKey(name) || remove.contains(name)) {
        throw new IllegalArgumentException("field " + name + " belongs to the store");
      }
    }
  }

  /**
   * A record that a repetition finds.
   *
   * @param keySuffix distinguishes the records of a subject
   * @param value what {@link ChangeResult.Seen} gives back
   * @param ttl after which it is forgotten
   */
  public record Idempotent(String keySuffix, byte[] value, Duration ttl) {
    /**
     * @throws IllegalArgumentException when the time to live is not positive
     */
    public Idempotent {
      if (ttl.toMillis() < 1) {
        throw new IllegalArgumentException("an idempotency record lives at least 1 ms");
      }
    }
  }
}
