package dev.lethe.vault;

import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.RedisUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the vault's own Redis again when it dies, and keeps its rewrites in the background. Does
 * nothing for a server that somebody else runs.
 */
final class RedisCare {
  private static final Logger LOG = LoggerFactory.getLogger(RedisCare.class);
  private static final Duration PACE = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Optional<EmbeddedRedis> redis;
  private volatile boolean stopped;
  private volatile Future<Void> round = Future.succeededFuture();

  RedisCare(Vertx vertx, Optional<EmbeddedRedis> redis) {
    this.vertx = vertx;
    this.redis = redis;
  }

  String uri() {
    return redis
        .orElseThrow(() -> new IllegalStateException("somebody else runs this Redis"))
        .uri();
  }

  void start() {
    redis.ifPresent(this::next);
  }

  private void next(EmbeddedRedis own) {
    vertx.setTimer(
        PACE.toMillis(),
        due -> {
          if (!stopped) {
            round = vertx.executeBlocking(() -> look(own), false).mapEmpty();
            round.onComplete(ended -> next(own));
          }
        });
  }

  private static boolean look(EmbeddedRedis own) {
    try {
      if (!own.running()) {
        LOG.warn("Redis has stopped; starting it again");
        own.ensureRunning();
      }
      own.lowerRewrites();
      return true;
    } catch (RedisUnavailableException e) {
      LOG.error("Redis does not start again: {}", e.getMessage());
      return false;
    }
  }

  /** Completes when nothing is started any more. */
  Future<Void> stop() {
    stopped = true;
    return round;
  }
}
