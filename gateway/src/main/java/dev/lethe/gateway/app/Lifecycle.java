package dev.lethe.gateway.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started so far, which is stopped in the opposite order. */
final class Lifecycle {
  /** Named for what stops, as the log is read. */
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  /** How to stop what runs; the first entry goes first. */
  private final Deque<Runnable> stops = new ArrayDeque<>();

  /** Remembers how to stop what was just started. */
  void onStop(Runnable stop) {
    stops.push(stop);
  }

  /**
   * Deploys a verticle, to be undeployed again. Blocks.
   *
   * @param what its name in the message of a failure
   * @throws FailedException when it does not start
   */
  void deploy(Vertx vertx, String what, Supplier<Future<String>> deployment) {
    String id = await(what, deployment);
    onStop(() -> await(what, () -> vertx.undeploy(id)));
  }

  /**
   * Stops everything, also when something does not stop, which is logged. Blocks.
   *
   * @return whether everything stopped
   */
  synchronized boolean stop() {
    boolean well = true;
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        LOG.error("stopping: {}", e.getMessage());
        well = false;
      }
    }
    return well;
  }

  /**
   * What comes of asynchronous work. Blocks.
   *
   * @param what its name in the message of a failure
   * @throws FailedException when it fails, with the cause of that
   */
  static <T> T await(String what, Supplier<Future<T>> work) {
    try {
      return work.get().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      var cause = Optional.ofNullable(e.getCause()).orElse(e);
      String reason =
          Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
      throw new FailedException(what + ": " + reason, cause);
    }
  }
}
