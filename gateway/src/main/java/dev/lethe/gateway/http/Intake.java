package dev.lethe.gateway.http;

import dev.lethe.gateway.edge.BodyReader;
import dev.lethe.gateway.edge.Received;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Takes in the body that a route asks for: size, then media type, then syntax. */
final class Intake {
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(20);
  private static final Duration UPLOAD_PATIENCE = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final BodyReader reader;
  private final Optional<Path> uploads;

  /**
   * @param uploads folder for streamed bodies; empty where no route takes any
   */
  Intake(Vertx vertx, Optional<Path> uploads) {
    this.vertx = vertx;
    this.reader = new BodyReader(vertx);
    this.uploads = uploads;
  }

  Future<Content> take(BodyRule rule, HttpServerRequest request) {
    if (BodyReader.announcesMore(request, rule.limit())) {
      return refused(Problem.tooLarge(rule.limit()));
    }
    if (rule instanceof BodyRule.Json json) {
      return reader
          .read(request, json.bytes(), BODY_PATIENCE)
          .compose(received -> content(received, json, request));
    }
    if (rule instanceof BodyRule.Upload upload) {
      return upload(upload, request);
    }
    return rule instanceof BodyRule.Stream stream
        ? arriving(stream, request)
        : Future.succeededFuture(new Content.Nothing());
  }

  private static Future<Content> arriving(BodyRule.Stream rule, HttpServerRequest request) {
    if (!isOfType(request, rule.mediaType())) {
      return refused(Problem.mediaType(rule.mediaType()));
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    return Future.succeededFuture(new Content.Arriving(request));
  }

  /** Deletes the file of an upload, if it is still there. */
  Future<Void> discard(Content content) {
    if (!(content instanceof Content.Stored stored)) {
      return Future.succeededFuture();
    }
    var files = vertx.fileSystem();
    String file = stored.file().toString();
    return files
        .exists(file)
        .compose(there -> there ? files.delete(file) : Future.succeededFuture());
  }

  private Future<Content> upload(BodyRule.Upload upload, HttpServerRequest request) {
    if (!isOfType(request, upload.mediaType())) {
      return refused(Problem.mediaType(upload.mediaType()));
    }
    Path folder =
        uploads.orElseThrow(() -> new IllegalStateException("no folder for uploads is set"));
    Path file = folder.resolve("upload-" + UUID.randomUUID() + ".part").toAbsolutePath();
    return reader
        .store(request, upload.limit(), UPLOAD_PATIENCE, file)
        .compose(
            received ->
                received instanceof Received.Stored stored
                    ? Future.succeededFuture(new Content.Stored(stored.file()))
                    : refused(problem(received, upload)));
  }

  private static Future<Content> content(
      Received received, BodyRule.Json rule, HttpServerRequest request) {
    if (!(received instanceof Received.Whole whole)) {
      return refused(problem(received, rule));
    }
    Buffer bytes = whole.bytes();
    if (bytes.length() == 0 && !rule.required()) {
      return Future.succeededFuture(new Content.Nothing());
    }
    if (!isOfType(request, "application/json")) {
      return refused(Problem.mediaType("application/json"));
    }
    try {
      return Future.succeededFuture(new Content.Json(StrictJson.parse(bytes), bytes));
    } catch (ProblemException malformed) {
      return Future.failedFuture(malformed);
    }
  }

  private static Problem problem(Received received, BodyRule rule) {
    if (received instanceof Received.TooLarge) {
      return Problem.tooLarge(rule.limit());
    }
    return received instanceof Received.TooSlow
        ? Problem.tooSlow()
        : Problem.syntax("The body is not complete.");
  }

  private static Future<Content> refused(Problem problem) {
    return Future.failedFuture(problem.asException());
  }

  /** Whether the type is that, in UTF-8 and not compressed. */
  private static boolean isOfType(HttpServerRequest request, String expected) {
    String given = request.getHeader("Content-Type");
    String encoding = request.getHeader("Content-Encoding");
    if (given == null || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
      return false;
    }
    String[] parts = given.toLowerCase(Locale.ROOT).split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].replace("\"", "").strip();
      if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
        return false;
      }
    }
    return parts[0].strip().equals(expected);
  }
}
