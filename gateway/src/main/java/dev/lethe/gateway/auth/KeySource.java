package dev.lethe.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the public keys of an issuer come from, as a JWK set (RFC 7517). */
public sealed interface KeySource {
  /** A file, read again when its time or size changes. */
  record InFile(Path path) implements KeySource {
    /**
     * Makes sure that there is a key to begin with. Blocks.
     *
     * @param algorithms that its issuer may sign with: a key for none of them is of no use
     * @throws IllegalArgumentException saying in one line what is wrong with the file
     */
    public void requireKey(Set<JWSAlgorithm> algorithms) {
      try {
        var keys = KeySet.parse(Files.readString(path), SignatureProvider.BOUNCY_CASTLE).keys();
        if (keys.stream().allMatch(key -> Collections.disjoint(key.algorithms(), algorithms))) {
          throw new IllegalArgumentException(
              "key file "
                  + path
                  + " holds no key that can be used: RSA from 2048 bits, EC P-256 or Ed25519, for"
                  + " signatures by "
                  + algorithms.stream()
                      .map(JWSAlgorithm::getName)
                      .sorted()
                      .collect(Collectors.joining(", ")));
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
