package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.vault.api.Caller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request that passed the checks of its route. */
public final class Exchange {
  /** How long an ordinary question to vault or ranker may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpServerRequest request;
  private final Map<String, String> path;
  private final Optional<VerifiedToken> token;
  private final String traceId;
  private final Instant now;
  private final Query query;
  private final Content content;

  Exchange(
      HttpServerRequest request,
      Map<String, String> path,
      Optional<VerifiedToken> token,
      String traceId,
      Instant now,
      Query query,
      Content content) {
    this.request = request;
    this.path = path;
    this.token = token;
    this.traceId = traceId;
    this.now = now;
    this.query = query;
    this.content = content;
  }

  /** When the request was taken on. */
  public Instant now() {
    return now;
  }

  public Instant deadline() {
    return now.plus(PATIENCE);
  }

  public String traceId() {
    return traceId;
  }

  /** The token of a guarded route. */
  public VerifiedToken token() {
    return token.orElseThrow(() -> new IllegalStateException("the route asks for no token"));
  }

  /** The caller, about themselves. */
  public Caller caller() {
    return caller(PATIENCE);
  }

  public Caller caller(Duration patience) {
    return new Caller(token().subject(), token().reference(), now.plus(patience), traceId);
  }

  public Query query() {
    return query;
  }

  /** A path parameter that must be an id; anything else is not found. */
  public String pathId(String name) {
    String id = path.get(name);
    if (id == null || !Members.isId(id)) {
      throw Problem.notFound().asException();
    }
    return id;
  }

  /** Whether the client asks for a media type by name. */
  public boolean prefers(String mediaType) {
    return headers("Accept").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .anyMatch(range -> range.split(";", -1)[0].strip().equalsIgnoreCase(mediaType));
  }

  /** The values of a header, in order. */
  List<String> headers(String name) {
    return request.headers().getAll(name);
  }

  Content content() {
    return content;
  }

  /** The body, when there is one. */
  public Optional<JsonNode> json() {
    return content instanceof Content.Json json ? Optional.of(json.value()) : Optional.empty();
  }

  JsonNode requiredJson() {
    return json().orElseThrow(() -> new IllegalStateException("the route takes no JSON"));
  }

  Buffer bytes() {
    return content instanceof Content.Json json ? json.bytes() : Buffer.buffer();
  }

  /** The body of a route that takes it as it arrives; paused. */
  public ReadStream<Buffer> arriving() {
    if (content instanceof Content.Arriving arriving) {
      return arriving.body();
    }
    throw new IllegalStateException("the route does not take its body as it arrives");
  }

  /** The {@code Idempotency-Key} of a route that does not go without. */
  public String requiredIdempotencyKey() {
    return Preconditions.idempotencyKey(this)
        .orElseThrow(() -> Problem.syntax("Idempotency-Key is required.").asException());
  }

  /** The file that an upload went to. */
  public Path upload() {
    if (content instanceof Content.Stored stored) {
      return stored.file();
    }
    throw new IllegalStateException("the route takes no upload");
  }
}
