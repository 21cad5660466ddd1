package dev.lethe.vault.api;

/**
 * What the vault needs to know about a token to say whether an erasure has revoked it.
 *
 * @param issuedAt its {@code iat}, seconds since 1970; {@link Long#MAX_VALUE} for an administrator,
 *     whom no erasure revokes
 * @param digest SHA-256 of the compact token, lower-case hexadecimal; empty for an administrator
 */
public record TokenRef(long issuedAt, String digest) {
  /** An administrator acting on somebody's profile. */
  public static final TokenRef ADMINISTRATOR = new TokenRef(Long.MAX_VALUE, "");

  @Override
  public String toString() {
    return "TokenRef[hidden]";
  }
}
