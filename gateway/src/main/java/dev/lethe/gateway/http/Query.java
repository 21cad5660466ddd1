package dev.lethe.gateway.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The query parameters of a request. Unknown, repeated and malformed ones are a {@link
 * ProblemException} with status 422.
 */
public final class Query {
  private static final int MAX_PARAMETERS = 64;

  /** What the decoder puts in the place of bytes that are no UTF-8. */
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, String> values;

  private Query(Map<String, String> values) {
    this.values = values;
  }

  static Query parse(String uri, Set<String> known) {
    var values = new HashMap<String, String>();
    Map<String, List<String>> given;
    try {
      given =
          new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS, true)
              .parameters();
    } catch (IllegalArgumentException malformed) {
      throw Problem.invalid("the query is malformed").asException();
    }
    given.forEach(
        (name, all) -> {
          if (!known.contains(name)) {
            throw Problem.invalid("the query has an unknown parameter").asException();
          }
          if (all.size() != 1) {
            throw Members.fault(name, "must be given once");
          }
          if (all.get(0).indexOf(REPLACEMENT) >= 0) {
            throw Members.fault(name, "must be UTF-8");
          }
          values.put(name, all.get(0));
        });
    return new Query(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  public Optional<String> id(String name) {
    return text(name)
        .map(
            value -> {
              if (!Members.isId(value)) {
                throw Members.fault(name, "must be an id");
              }
              return value;
            });
  }

  public Optional<Instant> instant(String name) {
    return text(name)
        .map(
            value ->
                Times.parse(value)
                    .orElseThrow(() -> Members.fault(name, "must be a time of RFC 3339")));
  }

  public long number(String name, long otherwise, long min, long max) {
    return text(name)
        .map(
            value -> {
              if (!value.matches("[0-9]{1,18}")
                  || Long.parseLong(value) < min
                  || Long.parseLong(value) > max) {
                throw Members.fault(name, "must be an integer between " + min + " and " + max);
              }
              return Long.parseLong(value);
            })
        .orElse(otherwise);
  }
}
