package dev.lethe.bench;

import io.vertx.core.Future;
import java.util.concurrent.CompletionException;

/** For the main thread of a bench, which has nothing else to do meanwhile. */
public final class Waiting {
  private Waiting() {}

  /**
   * The result of a future. Blocks.
   *
   * @throws BenchException when it fails
   */
  public static <T> T until(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new BenchException(String.valueOf(e.getCause()), e);
    }
  }
}
