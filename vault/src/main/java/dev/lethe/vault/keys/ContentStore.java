package dev.lethe.vault.keys;

import java.util.Optional;

/** Keeps the content of a keystore. All of it blocks. */
interface ContentStore {
  /** Whether anything is kept. */
  boolean exists();

  /** Whether every copy is where it should be, and another could be written. */
  boolean whole();

  /**
   * Reads the newest content, after which every copy holds it.
   *
   * @throws KeystoreException when it cannot be had, or a copy cannot be brought up to it
   */
  KeystoreContent load();

  /**
   * Reads the newest content and changes nothing anywhere, also when an instance runs or it is an
   * older copy; keys that are destroyed meanwhile are then not in it.
   */
  KeystoreContent peek();

  /**
   * What another process wrote since this one last read or wrote; told once, and only when every
   * copy holds it and nothing that it needs is still to come.
   *
   * @throws KeystoreException when the copies cannot be read
   */
  Optional<KeystoreContent> changedElsewhere();

  /**
   * Replaces the content everywhere; returns when every copy was read back.
   *
   * @throws KeystoreException when another process wrote meanwhile, and nothing is changed, or when
   *     a copy cannot be written; what is kept is then the old content, or, when a disk failed
   *     late, the new one in some or all copies, which the next {@link #load} makes the same
   */
  void store(KeystoreContent content);
}
