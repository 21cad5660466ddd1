package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;

/** The body of a request as its action gets it. */
sealed interface Content {
  record Nothing() implements Content {}

  record Json(JsonNode value, Buffer bytes) implements Content {}

  record Arriving(ReadStream<Buffer> body) implements Content {}

  record Stored(Path file) implements Content {}
}
