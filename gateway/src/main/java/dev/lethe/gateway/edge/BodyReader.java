package dev.lethe.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Receives the body of a paused request without ever holding more than its limit. Futures fail only
 * when a file cannot be written.
 */
public final class BodyReader {
  private final Vertx vertx;

  public BodyReader(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Whether the announced length is more than the limit. */
  public static boolean announcesMore(HttpServerRequest request, long limit) {
    String length = request.getHeader("Content-Length");
    try {
      return length != null && Long.parseLong(length) > limit;
    } catch (NumberFormatException beyondLong) {
      return true;
    }
  }

  /** Reads into memory. */
  public Future<Received> read(HttpServerRequest request, int limit, Duration patience) {
    if (announcesMore(request, limit)) {
      return Future.succeededFuture(new Received.TooLarge());
    }
    Promise<Received> promise = Promise.promise();
    var bytes = Buffer.buffer();
    request.handler(
        part -> {
          if (bytes.length() + part.length() > limit) {
            promise.tryComplete(new Received.TooLarge());
          } else if (!promise.future().isComplete()) {
            bytes.appendBuffer(part);
          }
        });
    request.endHandler(end -> promise.tryComplete(new Received.Whole(bytes)));
    return start(request, promise, patience);
  }

  /** Writes to a new file that only this user can read; the file is gone unless it is complete. */
  public Future<Received> store(
      HttpServerRequest request, long limit, Duration patience, Path file) {
    if (announcesMore(request, limit)) {
      return Future.succeededFuture(new Received.TooLarge());
    }
    var options = new OpenOptions().setCreateNew(true).setWrite(true).setPerms("rw-------");
    return vertx
        .fileSystem()
        .open(file.toString(), options)
        .compose(
            out ->
                pour(request, limit, patience, out, file)
                    .eventually(out::close)
                    .compose(
                        received ->
                            received instanceof Received.Stored
                                ? kept(received)
                                : dropped(file, received),
                        failure ->
                            dropped(file, new Received.Broken())
                                .compose(gone -> Future.failedFuture(failure))));
  }

  private static Future<Received> kept(Received received) {
    return Future.succeededFuture(received);
  }

  private Future<Received> dropped(Path file, Received received) {
    return vertx.fileSystem().delete(file.toString()).map(received);
  }

  private Future<Received> pour(
      HttpServerRequest request, long limit, Duration patience, AsyncFile out, Path file) {
    Promise<Received> promise = Promise.promise();
    long[] size = {0};
    request.handler(
        part -> {
          size[0] += part.length();
          if (size[0] > limit) {
            promise.tryComplete(new Received.TooLarge());
          } else if (!promise.future().isComplete()) {
            out.write(part).onFailure(promise::tryFail);
            if (out.writeQueueFull()) {
              request.pause();
              out.drainHandler(drained -> request.resume());
            }
          }
        });
    request.endHandler(
        end ->
            out.flush()
                .onSuccess(v -> promise.tryComplete(new Received.Stored(file)))
                .onFailure(promise::tryFail));
    return start(request, promise, patience);
  }

  private Future<Received> start(
      HttpServerRequest request, Promise<Received> promise, Duration patience) {
    long timer =
        vertx.setTimer(patience.toMillis(), late -> promise.tryComplete(new Received.TooSlow()));
    request.exceptionHandler(broken -> promise.tryComplete(new Received.Broken()));
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    request.resume();
    return promise
        .future()
        .andThen(
            done -> {
              vertx.cancelTimer(timer);
              if (!request.isEnded()) {
                request.pause();
              }
            });
  }
}
