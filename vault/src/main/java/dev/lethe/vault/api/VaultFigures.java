package dev.lethe.vault.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator watches of the vault; counts of people and of nothing about them.
 *
 * @param redisUp whether the store answers
 * @param ledger the ledger as it stands
 * @param auditHealthy whether the disk takes entries of the audit log
 * @param pending erasures that a stage is still ahead of
 * @param states people under a legal hold or a restriction
 * @param overdue erasures that should be further than they are
 * @param notices that wait for their receivers
 * @param activeEpoch under which grants are sealed
 * @param rotation the one that runs, or else the last one of this run of the vault
 * @param asked how often somebody was asked about for a purpose, in this run of the vault
 * @param refusedBlobs how many sealed texts did not open, in this run of the vault
 */
public record VaultFigures(
    boolean redisUp,
    Chain ledger,
    boolean auditHealthy,
    Pending pending,
    States states,
    Overdue overdue,
    Notices notices,
    int activeEpoch,
    Optional<Rotation> rotation,
    Map<Purpose, Long> asked,
    long refusedBlobs) {
  public VaultFigures {
    asked = Map.copyOf(asked);
  }

  /** A hash-chained file: whether the disk takes entries, and how many are durable. */
  public record Chain(boolean healthy, long entries) {}

  /** How many people are under a legal hold, and how many are restricted. */
  public record States(long held, long restricted) {}

  /**
   * Erasures by the stage that they wait for; who waits for an earlier one counts for the last one
   * too.
   */
  public record Pending(long inaccessible, long purged, long unrecoverable) {}

  /**
   * What an alarm is for.
   *
   * @param late erasures by the stage that they should have reached and have not
   * @param oldest how long ago the oldest erasure was asked for that a stage is still ahead of;
   *     zero without one
   * @param purgeRefused whether Redis refuses what makes its files be rewritten
   */
  public record Overdue(Pending late, Duration oldest, boolean purgeRefused) {}

  /**
   * Notices that are not acknowledged yet.
   *
   * @param oldest how long ago the oldest of them was queued; zero without one
   */
  public record Notices(long waiting, Duration oldest) {}
}
