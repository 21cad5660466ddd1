package dev.lethe.vault.consent;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The claims of a consent receipt: a consent record in the sense of ISO/IEC TS 27560:2023 with
 * concepts of the W3C Data Privacy Vocabulary (https://w3id.org/dpv). The {@code subject} is the
 * standard's PII principal, {@code fields} are its PII categories.
 */
final class ConsentReceipt {
  private static final String SCHEMA = "ISO/IEC TS 27560:2023";

  /** GDPR 6(1)(a). */
  private static final String CONSENT = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a";

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ConsentReceipt() {}

  /** The claims in their order; without terms only the first ones, and what is promised. */
  static Map<String, Object> claims(
      String issuer,
      String pseudonym,
      long life,
      Purpose purpose,
      ConsentRecord.Decision decision) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("iat", decision.at().getEpochSecond());
    claims.put("kind", "consent");
    claims.put("subject", pseudonym);
    claims.put("purpose", purpose.wireName());
    claims.put("fields", decision.fields().stream().sorted().map(Field::wireName).toList());
    claims.put("version", decision.version());
    decision.terms().ifPresent(terms -> add(claims, terms, pseudonym, life, purpose, decision));
    decision.modelBy().ifPresent(promised -> claims.put("modelBy", instant(promised)));
    return claims;
  }

  private static void add(
      Map<String, Object> claims,
      ConsentTerms terms,
      String pseudonym,
      long life,
      Purpose purpose,
      ConsentRecord.Decision decision) {
    claims.put("schemaVersion", SCHEMA);
    claims.put("recordId", pseudonym + "." + life + "." + decision.version());
    claims.put("controller", terms.controller());
    claims.put("purposeIri", purpose.iri());
    claims.put("legalBasis", CONSENT);
    claims.put("consentType", terms.expression().wireName());
    claims.put("state", decision.fields().isEmpty() ? "withdrawn" : "given");
    claims.put("at", instant(decision.at()));
    var retention = new LinkedHashMap<String, Object>();
    retention.put("maxEvents", terms.retention().maxEvents());
    retention.put("maxAge", terms.retention().maxAge().toString());
    claims.put("retention", retention);
    claims.put("withdrawal", "PUT /v1/consents/" + purpose.wireName());
  }

  static String instant(Instant at) {
    return INSTANT.format(at);
  }
}
