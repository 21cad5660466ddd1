package dev.lethe.gateway.edge;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;

/** What became of receiving a body. */
public sealed interface Received {
  /** The whole body. */
  record Whole(Buffer bytes) implements Received {}

  /** The whole body, in a file of its own that the receiver deletes. */
  record Stored(Path file) implements Received {}

  /** The whole body, each line of it as it came. */
  record Drained() implements Received {}

  /** More than allowed; what came was not kept. */
  record TooLarge() implements Received {}

  /** Not complete in time. */
  record TooSlow() implements Received {}

  /** The connection broke. */
  record Broken() implements Received {}
}
