package dev.lethe.vault.api;

/**
 * Makes a retry safe for 24 hours.
 *
 * @param key chosen by the client, 1..255 printable ASCII characters
 * @param bodyDigest SHA-256 of the body, lower-case hexadecimal
 */
public record Idempotency(String key, String bodyDigest) {
  @Override
  public String toString() {
    return "Idempotency[hidden]";
  }
}
