package dev.lethe.vault.redis;

import io.vertx.core.Future;

/**
 * Asked whenever connections meet a server run that was not seen before: the first one, a restarted
 * one, a fail-over. Nothing is served from that server until the answer; a failed answer closes the
 * connection, and the hook is asked again at the next attempt.
 */
@FunctionalInterface
public interface IdentityHook {
  /** For those who have nothing to do. */
  IdentityHook NONE = (runId, store) -> Future.succeededFuture();

  /**
   * @param runId identity of the server's run
   * @param store reaches that very server while {@link RedisLanes} do not serve yet; to be used
   *     only until the answer, at most a few thousand commands at a time
   */
  Future<Void> serverSeen(String runId, SubjectStore store);
}
