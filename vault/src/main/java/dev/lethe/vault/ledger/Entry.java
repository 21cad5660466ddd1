package dev.lethe.vault.ledger;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One entry of a hash-chained file.
 *
 * @param seq counts from 1
 * @param at when it was written, with milliseconds
 * @param hash SHA-256 over everything before it in its line, lower-case hexadecimal; the next
 *     entry's {@code prev}
 * @param body the exact text of the JSON object that the hash covers
 */
public record Entry(long seq, Instant at, String hash, String body) {
  /** The body, parsed anew at each call. */
  public JsonObject json() {
    return new JsonObject(body);
  }

  @Override
  public String toString() {
    return "Entry[seq=" + seq + ", at=" + at + ", hash=" + hash + "]";
  }
}
