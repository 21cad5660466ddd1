package dev.lethe.vault.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/**
 * A store whose passes miss what is put aside, as a scan may that began before it was: a key that
 * is made during a scan need not be shown.
 */
public final class BlindScan {
  private BlindScan() {}

  /** The store over these lanes, blind to what is put aside. */
  public static SubjectStore of(RedisLanes lanes) {
    return new SubjectStore(
        request ->
            lanes.send(
                request.command().equals(Command.SCAN)
                    ? Request.cmd(Command.SCAN)
                        .arg("0")
                        .arg("MATCH")
                        .arg("s:{*}")
                        .arg("COUNT")
                        .arg(99)
                    : request),
        lanes.vertx());
  }
}
