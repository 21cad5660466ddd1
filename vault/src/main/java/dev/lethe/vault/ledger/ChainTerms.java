package dev.lethe.vault.ledger;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a hash-chained file is kept.
 *
 * @param observer is shown every entry in order
 * @param signer of checkpoints; without one none is written
 * @param deadline how long an append may take
 */
record ChainTerms(
    Clock clock,
    Consumer<Entry> observer,
    Optional<CheckpointSigner> signer,
    ChainOpening.Disk disk,
    Duration deadline) {
  /** A disk that takes longer than this over an append is treated as one that refuses it. */
  static final Duration DEADLINE = Duration.ofSeconds(5);

  ChainTerms(Clock clock, Consumer<Entry> observer) {
    this(clock, observer, Optional.empty(), Storage.OfChannel::new, DEADLINE);
  }
}
