package dev.lethe.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Answers what does not get as far as a route because it is no request (RFC 9112). Where the next
 * one would begin is unknown, so the connection ends.
 */
final class InvalidRequests implements Handler<HttpServerRequest> {
  private final Pipeline pipeline;

  InvalidRequests(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  @Override
  public void handle(HttpServerRequest request) {
    pipeline
        .refuse(request, problem(request.decoderResult().cause()))
        .onComplete(
            sent -> {
              if (request.version() != HttpVersion.HTTP_2) {
                request.connection().close();
              }
            });
  }

  private static Problem problem(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Problem.lineTooLong();
    }
    return cause instanceof TooLongHttpHeaderException
        ? Problem.headerTooLarge()
        : Problem.syntax("The request is not well-formed HTTP.");
  }
}
