package dev.lethe.vault.subject;

import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.Stamp;
import java.util.Optional;

/** What is known of a person when a request begins. */
sealed interface Loaded {
  /** The token is older than the person's last erasure. */
  record Revoked() implements Loaded {}

  /**
   * Nobody, or somebody who was erased.
   *
   * @param stamp of the tombstone, if one is stored
   * @param nextLife the life that a first write begins
   */
  record Absent(Optional<Stamp> stamp, long nextLife) implements Loaded {}

  /** Somebody of whom something is stored. */
  record Present(Stamp stamp, OpenSubject subject) implements Loaded {}
}
