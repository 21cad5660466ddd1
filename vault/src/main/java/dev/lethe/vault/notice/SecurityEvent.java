package dev.lethe.vault.notice;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The claims of a Security Event Token (RFC 8417) of one notice; the person is named as {@code
 * iss_sub} (RFC 9493). The same notice gives the same claims.
 */
final class SecurityEvent {
  /** Event types are this and the name of the event. */
  static final String TYPES = "https://lethe.dev/secevent/";

  private SecurityEvent() {}

  /**
   * @param issuer the claim {@code iss}: who tells, not who issued the person's tokens
   */
  static Map<String, Object> claims(
      String issuer, String audience, Notice notice, Content content) {
    var subject = new LinkedHashMap<String, Object>();
    subject.put("format", "iss_sub");
    subject.put("iss", content.subject().issuer());
    subject.put("sub", content.subject().subject());
    var event = new LinkedHashMap<String, Object>();
    if (notice.event() == Notice.Event.ERASED) {
      event.put("erasureId", notice.act());
    }
    content.purpose().map(Purpose::wireName).ifPresent(name -> event.put("purpose", name));
    if (content.purpose().isPresent()) {
      event.put("fields", content.fields().stream().sorted().map(Field::wireName).toList());
    }
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("aud", audience);
    claims.put("iat", seconds(notice.at()));
    claims.put("jti", notice.id());
    claims.put("txn", notice.act());
    claims.put("toe", seconds(notice.at()));
    claims.put("sub_id", subject);
    claims.put("events", Map.of(TYPES + notice.event().wireName(), event));
    return claims;
  }

  private static long seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
  }
}
