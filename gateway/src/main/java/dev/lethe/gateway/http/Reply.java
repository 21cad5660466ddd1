package dev.lethe.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

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
