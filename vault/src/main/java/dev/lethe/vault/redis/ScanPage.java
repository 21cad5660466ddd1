package dev.lethe.vault.redis;

import java.util.List;

/**
 * Some subjects of a pass over all. A subject that stands during the whole pass is given at least
 * once, perhaps more often. A cursor does not survive a restart of the server.
 *
 * @param cursor where to go on
 */
public record ScanPage(String cursor, List<String> pseudonyms) {
  /** Where a pass begins. */
  public static final String START = "0";

  /** Whether the pass is over. */
  public boolean last() {
    return cursor.equals(START);
  }
}
