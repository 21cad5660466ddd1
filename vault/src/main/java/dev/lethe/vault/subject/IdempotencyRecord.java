package dev.lethe.vault.subject;

import dev.lethe.vault.keys.Pseudonyms;
import dev.lethe.vault.redis.Change;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * How a retry is remembered: by MACs of the client's key and of the body, so that nothing can be
 * read or guessed from them.
 */
final class IdempotencyRecord {
  private static final Duration KEPT = Duration.ofHours(24);

  private IdempotencyRecord() {}

  static Change.Idempotent of(Step.Retry<?> retry, long life, Pseudonyms pseudonyms) {
    var key = pseudonyms.mac("idempotency-key", retry.route() + " " + retry.idempotency().key());
    var value = bodyMac(retry, pseudonyms) + ":" + retry.stored();
    return new Change.Idempotent(life + ":" + key, value.getBytes(StandardCharsets.US_ASCII), KEPT);
  }

  /** The answer of the first try; empty when that had another body. */
  static <T> Optional<T> answer(Step.Retry<T> retry, byte[] value, Pseudonyms pseudonyms) {
    var text = new String(value, StandardCharsets.US_ASCII);
    int colon = text.indexOf(':');
    return colon > 0 && text.substring(0, colon).equals(bodyMac(retry, pseudonyms))
        ? Optional.of(retry.answer().apply(text.substring(colon + 1)))
        : Optional.empty();
  }

  private static String bodyMac(Step.Retry<?> retry, Pseudonyms pseudonyms) {
    return pseudonyms.mac("idempotency-body", retry.idempotency().bodyDigest());
  }
}
