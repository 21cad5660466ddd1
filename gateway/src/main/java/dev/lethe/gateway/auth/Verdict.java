package dev.lethe.gateway.auth;

/** What became of checking a token. */
public sealed interface Verdict {
  /** Signature and claims hold. */
  record Accepted(VerifiedToken token) implements Verdict {}

  /** Something is wrong with it; what, is nobody's business. */
  record Rejected() implements Verdict {}

  /** The issuer is known and none of its keys could be had yet: try again. */
  record KeysMissing() implements Verdict {}
}
