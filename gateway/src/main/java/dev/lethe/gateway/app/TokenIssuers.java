package dev.lethe.gateway.app;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.JwkSource;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose tokens an instance takes. */
final class TokenIssuers {
  private TokenIssuers() {}

  /**
   * The configured issuers; the development issuer when there is none.
   *
   * @throws FailedException when a key file has no key that can be used
   */
  static List<Issuer> of(Config config, Clock clock) {
    if (config.issuers().isEmpty()) {
      var development = DevIssuer.open(config.data(), clock);
      var algorithms = Set.of(JWSAlgorithm.RS256);
      return List.of(
          new Issuer(
              DevIssuer.ISSUER,
              DevIssuer.AUDIENCE,
              algorithms,
              usable(development.publicKeys(), algorithms)));
    }
    return config.issuers().stream().map(TokenIssuers::issuer).toList();
  }

  private static Issuer issuer(Config.TokenIssuer issuer) {
    var algorithms =
        issuer.algorithms().stream()
            .map(JWSAlgorithm::parse)
            .collect(Collectors.toUnmodifiableSet());
    return new Issuer(
        issuer.issuer(), issuer.audience(), algorithms, source(issuer.keys(), algorithms));
  }

  private static KeySource source(JwkSource keys, Set<JWSAlgorithm> algorithms) {
    if (keys instanceof JwkSource.AtUrl url) {
      return new KeySource.AtUrl(url.uri(), Optional.empty());
    }
    return usable(((JwkSource.InFile) keys).path(), algorithms);
  }

  private static KeySource usable(Path file, Set<JWSAlgorithm> algorithms) {
    var source = new KeySource.InFile(file);
    try {
      source.requireKey(algorithms);
      return source;
    } catch (IllegalArgumentException e) {
      throw new FailedException("token issuer: " + e.getMessage(), e);
    }
  }
}
