package dev.lethe.vault.redis;

import io.vertx.redis.client.Response;
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

  /** Reads the reply of a {@code SCAN}, whose keys may be of something else too. */
  static ScanPage of(Response reply) {
    return new ScanPage(
        reply.get(0).toString(),
        reply.get(1).stream().flatMap(key -> Place.ofKey(key.toString()).stream()).toList());
  }

  /** Whether the pass is over. */
  public boolean last() {
    return cursor.equals(START);
  }
}
