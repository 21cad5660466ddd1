package dev.lethe.gateway.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Takes in and throws away what remains of a body that was answered early. Closing at once would
 * reset the connection, and the client would see that instead of the answer. What is too much or
 * too slow is cut off all the same.
 */
public final class Leftovers {
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final long LONGEST_MS = 10_000;

  private Leftovers() {}

  /** Discards the rest of an answered request. */
  public static void discard(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    long timer = vertx.setTimer(LONGEST_MS, late -> cut(request));
    long[] left = {MOST_BYTES};
    request.exceptionHandler(broken -> vertx.cancelTimer(timer));
    request.endHandler(end -> vertx.cancelTimer(timer));
    request.handler(
        part -> {
          left[0] -= part.length();
          if (left[0] < 0) {
            vertx.cancelTimer(timer);
            cut(request);
          }
        });
    request.resume();
  }

  private static void cut(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(0);
    } else {
      request.connection().close();
    }
  }
}
