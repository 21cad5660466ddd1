package dev.lethe.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Problem details (RFC 9457).
 *
 * @param slug names the type, as {@code /problems/<slug>}
 * @param detail for the caller; never a value that came in, a claim or a cause
 * @param headers of the answer that carries it
 */
public record Problem(
    int status, String slug, String title, String detail, Map<String, String> headers) {

  private static Problem of(int status, String slug, String title, String detail) {
    return new Problem(status, slug, title, detail, Map.of());
  }

  private Problem with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Problem(status, slug, title, detail, Map.copyOf(more));
  }

  public static Problem syntax(String detail) {
    return of(400, "syntax", "Malformed request", detail);
  }

  public static Problem tokenMissing() {
    return of(401, "token-missing", "Token missing", "This route needs a bearer token.")
        .with("WWW-Authenticate", "Bearer");
  }

  public static Problem tokenInvalid() {
    return of(401, "token-invalid", "Token refused", "The token is not accepted.")
        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  public static Problem tokenRevoked() {
    return of(401, "token-revoked", "Token revoked", "The token is older than an erasure.")
        .with("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  }

  public static Problem scopeMissing(String scope) {
    return of(403, "scope-missing", "Scope missing", "This route needs the scope " + scope + ".")
        .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
  }

  public static Problem notFound() {
    return of(404, "not-found", "Not found", "There is nothing here.");
  }

  public static Problem methodNotAllowed(String allow) {
    return of(405, "method-not-allowed", "Method not allowed", "Allowed here: " + allow + ".")
        .with("Allow", allow);
  }

  public static Problem tooSlow() {
    return of(408, "too-slow", "Body too slow", "The body was not complete in time.");
  }

  public static Problem conflict() {
    return of(409, "conflict", "Conflict", "Another one of these is under way.");
  }

  public static Problem restricted() {
    return of(
        409,
        "restricted",
        "Processing restricted",
        "The person's data is restricted (GDPR 18): nothing is added to it and nothing agreed to.");
  }

  public static Problem gpc() {
    return of(
        409,
        "gpc",
        "Global Privacy Control",
        "The request says Sec-GPC: 1, so nothing is consented to for training.");
  }

  public static Problem staleVersion() {
    return of(412, "stale-version", "Precondition failed", "If-Match is not the present version.");
  }

  static Problem lineTooLong() {
    return of(414, "line-too-long", "Request line too long", "The address is too long.");
  }

  static Problem headerTooLarge() {
    return of(431, "header-too-large", "Header too large", "The header fields are too many.");
  }

  public static Problem tooLarge(long limit) {
    return of(
        413, "too-large", "Body too large", "At most " + limit + " bytes are taken on this route.");
  }

  public static Problem mediaType(String expected) {
    return of(415, "media-type", "Unsupported media type", "The body must be " + expected + ".");
  }

  public static Problem invalid(String detail) {
    return of(422, "invalid", "Invalid content", detail);
  }

  public static Problem keyReused() {
    return of(
        422,
        "key-reused",
        "Idempotency key reused",
        "This Idempotency-Key came with another body before.");
  }

  public static Problem internal() {
    return of(500, "internal", "Internal error", "Something went wrong; the trace id names it.");
  }

  public static Problem unavailable() {
    return of(503, "unavailable", "Unavailable", "A part that this needs is away; try again.")
        .with("Retry-After", "1");
  }

  public static Problem overloaded() {
    return of(503, "overloaded", "Overloaded", "Too many requests are being served; try again.")
        .with("Retry-After", "1");
  }

  /** As something to throw. */
  public ProblemException asException() {
    return new ProblemException(this);
  }

  /** As an answer in a trace. */
  public Reply reply(String traceId) {
    Buffer body =
        JsonText.of(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "/problems/" + slug);
              json.writeStringField("title", title);
              json.writeNumberField("status", status);
              json.writeStringField("detail", detail);
              json.writeStringField("traceId", traceId);
              json.writeEndObject();
            });
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/problem+json");
    return new Reply.Whole(status, all, body);
  }
}
