package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.auth.VerifiedToken;

/** How an administrator is named in the audit log: in clear. */
final class Administrator {
  private Administrator() {}

  /** The subject; with the issuer behind it when there is more than one. */
  static String name(TokenVerifier tokens, VerifiedToken token) {
    String subject = token.subject().subject();
    return tokens.soleIssuer().isPresent()
        ? subject
        : subject + " (" + token.subject().issuer() + ")";
  }
}
