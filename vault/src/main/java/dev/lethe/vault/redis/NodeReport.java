package dev.lethe.vault.redis;

import dev.lethe.vault.keys.EpochView;

/**
 * What a node is told when it reports.
 *
 * @param granted whether it may seal
 * @param until when what it seals must be stored, in milliseconds of the server's clock
 * @param newest epoch that any node has
 * @param active epoch that any node seals under, the highest
 * @param oldest epoch that is left, by who has come furthest
 * @param lowestNewest of all nodes that may seal
 * @param lowestSealing of all nodes that may seal
 * @param lowestOldest of all nodes
 */
public record NodeReport(
    boolean granted,
    long until,
    int newest,
    int active,
    int oldest,
    int lowestNewest,
    int lowestSealing,
    int lowestOldest) {

  /** Whether others have gone on to what a node has not. */
  public boolean isAhead(EpochView view) {
    return newest > view.newest() || active > view.active() || oldest > view.oldest();
  }
}
