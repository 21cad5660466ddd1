package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * What an installation knows of its last complete backup: it stands in Redis under {@code
 * lethe:backup}, put there by whoever made the backup.
 */
public final class BackupMark {
  private static final String KEY = "lethe:backup";
  private static final String EPOCH = "epoch";
  private static final String AT = "at";
  private static final String SHA256 = "sha256";

  private final Commands redis;

  public BackupMark(RedisLanes lanes) {
    this.redis = lanes;
  }

  /**
   * A backup that is complete.
   *
   * @param epoch that was active before it began
   * @param at when it began
   * @param sha256 of its manifest, lower-case hexadecimal
   */
  public record Confirmed(int epoch, Instant at, String sha256) {}

  /** The last one; empty when there was none. */
  public Future<Optional<Confirmed>> read() {
    return redis
        .send(Request.cmd(Command.HMGET).arg(KEY).arg(EPOCH).arg(AT).arg(SHA256))
        .map(
            reply ->
                reply.get(0) == null
                    ? Optional.empty()
                    : Optional.of(
                        new Confirmed(
                            Integer.parseInt(reply.get(0).toString()),
                            Instant.parse(reply.get(1).toString()),
                            reply.get(2).toString())));
  }

  /** Says that a backup is complete. Blocks. */
  public static void confirm(RunningRedis server, Confirmed backup) throws IOException {
    try (var redis = server.connect()) {
      redis.call(
          "HSET",
          KEY,
          EPOCH,
          Integer.toString(backup.epoch()),
          AT,
          backup.at().toString(),
          SHA256,
          backup.sha256());
    } catch (RedisReplyException e) {
      throw RedisUnavailableException.of("Redis does not take note of the backup", e);
    }
  }
}
