package dev.lethe.gateway.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.lethe.vault.api.SubjectRef;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a token says, once it is known to say it properly (RFC 7519, section 4.1; RFC 8693, scope).
 */
record Claims(SubjectRef subject, Instant issuedAt, Instant expires, Set<String> scopes) {
  private static final int MAX_SUBJECT = 256;

  /** The claims if all that are required are there and hold at this time; empty otherwise. */
  static Optional<Claims> check(JWTClaimsSet set, Issuer issuer, Instant now, Duration skew) {
    String subject = set.getSubject();
    if (!issuer.issuer().equals(set.getIssuer())
        || !set.getAudience().contains(issuer.audience())
        || subject == null
        || subject.isBlank()
        || subject.length() > MAX_SUBJECT
        || set.getExpirationTime() == null
        || set.getIssueTime() == null) {
      return Optional.empty();
    }
    Instant expires = set.getExpirationTime().toInstant();
    Instant issued = set.getIssueTime().toInstant();
    // A token from the future would outlive an erasure that revokes everything issued until now.
    boolean early =
        issued.isAfter(now.plus(skew))
            || (set.getNotBeforeTime() != null
                && set.getNotBeforeTime().toInstant().isAfter(now.plus(skew)));
    if (early || issued.isBefore(Instant.EPOCH) || !now.isBefore(expires.plus(skew))) {
      return Optional.empty();
    }
    try {
      String scope = set.getStringClaim("scope");
      Set<String> scopes =
          scope == null || scope.isBlank()
              ? Set.of()
              : Set.copyOf(java.util.Arrays.asList(scope.trim().split(" +")));
      return Optional.of(
          new Claims(new SubjectRef(issuer.issuer(), subject), issued, expires, scopes));
    } catch (ParseException notText) {
      return Optional.empty();
    }
  }
}
