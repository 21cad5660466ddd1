package dev.lethe.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An answer, not yet sent. */
public sealed interface Reply {
  int status();

  Map<String, String> headers();

  /** The same with one header more. */
  Reply with(String name, String value);

  /** An answer that is complete in memory. */
  record Whole(int status, Map<String, String> headers, Buffer body) implements Reply {
    @Override
    public Reply with(String name, String value) {
      return new Whole(status, plus(headers, name, value), body);
    }
  }

  /** An answer made piece by piece, as fast as the client takes it. */
  record Streamed(int status, Map<String, String> headers, Iterator<Buffer> parts)
      implements Reply {
    @Override
    public Reply with(String name, String value) {
      return new Streamed(status, plus(headers, name, value), parts);
    }
  }

  /**
   * An answer whose parts come in their time, until one is empty; the client may go at any.
   *
   * @param next asked for again once its last part was taken
   */
  record Live(int status, Map<String, String> headers, Supplier<Future<Optional<Buffer>>> next)
      implements Reply {
    @Override
    public Reply with(String name, String value) {
      return new Live(status, plus(headers, name, value), next);
    }
  }

  static Reply json(int status, JsonText.Content content) {
    return of(status, "application/json", JsonText.of(content));
  }

  static Reply of(int status, String mediaType, Buffer body) {
    return new Whole(status, Map.of("Content-Type", mediaType), body);
  }

  static Reply empty(int status) {
    return new Whole(status, Map.of(), Buffer.buffer());
  }

  private static Map<String, String> plus(Map<String, String> headers, String name, String value) {
    var more = new HashMap<>(headers);
    more.put(name, value);
    return Map.copyOf(more);
  }
}
