package dev.lethe.gateway.http;

import dev.lethe.vault.api.Idempotency;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The headers that make a write conditional or repeatable. */
final class Preconditions {
  /** No version is ever this, so the vault finds it stale. */
  private static final long NEVER = -1;

  private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e]*)\"");
  private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,255}");

  private Preconditions() {}

  static String etag(long version) {
    return "\"" + version + "\"";
  }

  /**
   * {@code If-Match} (RFC 9110, section 13.1.1) with one entity tag. {@code *} is no precondition.
   * A weak tag or one that we never made matches no version.
   */
  static OptionalLong ifMatch(Exchange exchange) {
    List<String> given = exchange.headers("If-Match");
    if (given.isEmpty() || given.equals(List.of("*"))) {
      return OptionalLong.empty();
    }
    var tag = TAG.matcher(given.get(0).strip());
    if (given.size() > 1 || !tag.matches()) {
      throw Problem.syntax("If-Match must be one entity tag.").asException();
    }
    boolean ours = tag.group(1) == null && VERSION.matcher(tag.group(2)).matches();
    return OptionalLong.of(ours ? Long.parseLong(tag.group(2)) : NEVER);
  }

  static Optional<Idempotency> idempotency(Exchange exchange) {
    return idempotencyKey(exchange).map(key -> new Idempotency(key, sha256(exchange.bytes())));
  }

  static Optional<String> idempotencyKey(Exchange exchange) {
    List<String> given = exchange.headers("Idempotency-Key");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.size() > 1 || !PRINTABLE.matcher(given.get(0)).matches()) {
      throw Problem.syntax("Idempotency-Key must be 1 to 255 printable ASCII characters.")
          .asException();
    }
    return Optional.of(given.get(0));
  }

  /** Global Privacy Control is on; other values than 1 say nothing. */
  static boolean gpc(Exchange exchange) {
    return exchange.headers("Sec-GPC").equals(List.of("1"));
  }

  static String sha256(Buffer bytes) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.getBytes()));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}
