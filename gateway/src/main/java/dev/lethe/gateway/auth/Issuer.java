package dev.lethe.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Set;

/**
 * Somebody whose tokens are taken.
 *
 * @param issuer its {@code iss}, compared exactly
 * @param audience what {@code aud} must contain
 * @param algorithms taken from it: any of RS256, PS256, ES256, EdDSA (with Ed25519)
 */
public record Issuer(String issuer, String audience, Set<JWSAlgorithm> algorithms, KeySource keys) {
  private static final Set<JWSAlgorithm> SUPPORTED =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

  public Issuer {
    algorithms = Set.copyOf(algorithms);
    if (algorithms.isEmpty() || !SUPPORTED.containsAll(algorithms)) {
      throw new IllegalArgumentException(
          "algorithms of an issuer are RS256, PS256, ES256 and EdDSA");
    }
  }
}
