package dev.lethe.vault.keys;

/** Where an epoch is in its life. */
public enum EpochState {
  /** Its keys exist; nothing is sealed under it yet. */
  PREPARED,
  /** Everything is sealed under it. */
  ACTIVE,
  /** What it seals is being resealed under the next. */
  RETIRING,
  /** Its keys are gone. */
  DESTROYED
}
