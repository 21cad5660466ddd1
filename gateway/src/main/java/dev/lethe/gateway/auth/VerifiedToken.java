package dev.lethe.gateway.auth;

import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import java.util.Set;

/**
 * A token whose signature and claims hold.
 *
 * @param issuedAt its {@code iat}, seconds since 1970
 * @param digestHex SHA-256 of the compact token, lower-case hexadecimal
 */
public record VerifiedToken(
    SubjectRef subject, long issuedAt, Set<String> scopes, String digestHex) {
  /** What the vault needs to know about it. */
  public TokenRef reference() {
    return new TokenRef(issuedAt, digestHex);
  }

  @Override
  public String toString() {
    return "VerifiedToken[hidden]";
  }
}
