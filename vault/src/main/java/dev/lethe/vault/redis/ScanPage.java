package dev.lethe.vault.redis;

import java.util.List;

/**
 * Some places of a pass over all. A place that stands during the whole pass is given at least once,
 * perhaps more often. A cursor does not survive a restart of the server.
 *
 * @param cursor where to go on
 */
public record ScanPage(String cursor, List<Place> places) {
  /** Where a pass begins. */
  public static final String START = "0";

  /** Whether the pass is over. */
  public boolean last() {
    return cursor.equals(START);
  }
}
