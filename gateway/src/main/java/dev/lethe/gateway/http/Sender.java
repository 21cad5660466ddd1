package dev.lethe.gateway.http;

import dev.lethe.gateway.edge.Leftovers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** Sends answers with the headers that all of them have. */
final class Sender {
  private final Vertx vertx;

  Sender(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Completes when the answer is out, and fails when the client is gone. */
  Future<Void> send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return Future.succeededFuture();
    }
    response.setStatusCode(reply.status());
    response
        .headers()
        .set("Cache-Control", "no-store")
        .set("X-Content-Type-Options", "nosniff")
        .set("Strict-Transport-Security", "max-age=31536000");
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    if (expectsContinue(request)) {
      // The client may now leave its body out, and the next request would be taken for it.
      response.headers().set("Connection", "close");
    }
    Future<Void> sent = send(response, reply);
    Leftovers.discard(vertx, request);
    return sent;
  }

  private static Future<Void> send(HttpServerResponse response, Reply reply) {
    if (reply instanceof Reply.Streamed streamed) {
      return stream(response.setChunked(true), streamed.parts());
    }
    if (reply instanceof Reply.Live live) {
      return follow(response.setChunked(true), live.next());
    }
    return end(response, ((Reply.Whole) reply).body());
  }

  private static Future<Void> follow(
      HttpServerResponse response, Supplier<Future<Optional<Buffer>>> next) {
    Promise<Void> promise = Promise.promise();
    response.exceptionHandler(promise::tryFail);
    response.closeHandler(closed -> promise.tryComplete());
    part(response, next, promise);
    return promise.future();
  }

  private static void part(
      HttpServerResponse response, Supplier<Future<Optional<Buffer>>> next, Promise<Void> promise) {
    next.get()
        .onComplete(
            (part, failure) -> {
              if (promise.future().isComplete()) {
                return;
              }
              if (failure != null) {
                promise.tryFail(failure);
                response.reset();
              } else if (part.isEmpty()) {
                response.end().onComplete(ended -> promise.tryComplete());
              } else {
                response
                    .write(part.get())
                    .onSuccess(written -> part(response, next, promise))
                    .onFailure(promise::tryFail);
              }
            });
  }

  private static boolean expectsContinue(HttpServerRequest request) {
    return !request.isEnded()
        && request.version() != HttpVersion.HTTP_2
        && request.getHeader("Expect") != null;
  }

  private static Future<Void> end(HttpServerResponse response, Buffer body) {
    return body.length() == 0 ? response.end() : response.end(body);
  }

  private static Future<Void> stream(HttpServerResponse response, Iterator<Buffer> parts) {
    Promise<Void> promise = Promise.promise();
    response.exceptionHandler(promise::tryFail);
    response.closeHandler(closed -> promise.tryComplete());
    pump(response, parts, promise);
    return promise.future();
  }

  private static void pump(
      HttpServerResponse response, Iterator<Buffer> parts, Promise<Void> promise) {
    while (parts.hasNext() && !response.closed()) {
      response.write(parts.next()).onFailure(promise::tryFail);
      if (response.writeQueueFull()) {
        response.drainHandler(drained -> pump(response, parts, promise));
        return;
      }
    }
    if (response.closed()) {
      promise.tryComplete();
    } else {
      response.end().onComplete(done -> promise.tryComplete());
    }
  }
}
