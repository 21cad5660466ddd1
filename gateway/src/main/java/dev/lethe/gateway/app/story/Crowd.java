package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Many at once, but never more than a fixed number. */
final class Crowd implements AutoCloseable {
  private final int size;
  private final ExecutorService threads;

  Crowd(int size) {
    this.size = size;
    this.threads = Executors.newFixedThreadPool(size);
  }

  /** Does something for each; ends when all are done. */
  <T> void each(List<T> all, Consumer<T> work) {
    var next = new AtomicInteger();
    var running = new ArrayList<Future<?>>();
    for (int i = 0; i < size; i++) {
      running.add(
          threads.submit(
              () -> {
                for (int at = next.getAndIncrement();
                    at < all.size();
                    at = next.getAndIncrement()) {
                  work.accept(all.get(at));
                }
              }));
    }
    for (var one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new FailedException("failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailedException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
