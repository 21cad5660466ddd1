package dev.lethe.gateway.auth;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the public keys of an issuer come from, as a JWK set (RFC 7517). */
public sealed interface KeySource {
  /** A file, read again when its time or size changes. */
  record InFile(Path path) implements KeySource {}

  /**
   * An address, read every 10 minutes and, for a key id that is not known, at most every 30
   * seconds.
   *
   * @param uri {@code https} only
   * @param trustedCa PEM file of authorities to trust instead of those of the JDK
   */
  record AtUrl(URI uri, Optional<String> trustedCa) implements KeySource {
    public AtUrl {
      if (!"https".equalsIgnoreCase(uri.getScheme())) {
        throw new IllegalArgumentException("keys of an issuer must be fetched by https");
      }
    }
  }
}
