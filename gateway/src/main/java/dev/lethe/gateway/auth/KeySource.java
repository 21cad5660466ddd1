package dev.lethe.gateway.auth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Optional;

/** Where the public keys of an issuer come from, as a JWK set (RFC 7517). */
public sealed interface KeySource {
  /** A file, read again when its time or size changes. */
  record InFile(Path path) implements KeySource {
    /**
     * Makes sure that there is a key to begin with. Blocks.
     *
     * @throws IllegalArgumentException saying in one line what is wrong with the file
     */
    public void requireKey() {
      try {
        if (KeySet.parse(Files.readString(path), SignatureProvider.BOUNCY_CASTLE)
            .keys()
            .isEmpty()) {
          throw new IllegalArgumentException(
              "key file "
                  + path
                  + " holds no key that can be used: RSA from 2048 bits, EC P-256 or Ed25519, for"
                  + " signatures");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "key file " + path + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
      } catch (ParseException e) {
        // Without the cause: it may quote what stands there.
        throw new IllegalArgumentException("key file " + path + " is not a JWK set (RFC 7517)");
      }
    }
  }

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
