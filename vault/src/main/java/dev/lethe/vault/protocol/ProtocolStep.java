package dev.lethe.vault.protocol;

/**
 * The steps of an erasure and of a rotation, each named after what is durable once it is taken, in
 * the order in which they are taken. A crash may come between any two.
 */
public enum ProtocolStep {
  /** The ledger says that somebody is to be erased. */
  ERASURE_INTENDED,
  /** Redis holds nothing of them but a tombstone. */
  SUBJECT_REMOVED,
  /** The ledger says so, and under which epoch copies of them may stand. */
  ERASURE_RECORDED,
  /** The files of Redis are rewritten without them. */
  FILES_REWRITTEN,
  /** The ledger says so. */
  PURGE_RECORDED,

  /** The keystore holds the new epoch. */
  EPOCH_PREPARED,
  /** Every node that may seal has it. */
  EPOCH_DISTRIBUTED,
  /** Everything is sealed under it from now on. */
  EPOCH_ACTIVATED,
  /** The ledger says so. */
  EPOCH_RECORDED,
  /** Everybody who was met stands under it. */
  RESEALED,
  /** No node can store anything under the old one any more. */
  DRAINED,
  /** A fresh pass met nobody under the old one. */
  VERIFIED,
  /** What was verified survives a crash of Redis, and a backup holds it if one is wanted. */
  SETTLED,
  /** The keystore says that the old epoch is being destroyed. */
  DESTRUCTION_INTENDED,
  /** Its keys are gone from every copy of the keystore. */
  KEYS_DESTROYED,
  /** No node that can be reached has them in memory. */
  KEYS_FORGOTTEN,
  /** The ledger says so. */
  DESTRUCTION_RECORDED
}
