package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.gateway.app.config.Config.JwkSource;
import dev.lethe.gateway.app.config.Config.TokenIssuer;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the list of token issuers. */
record IssuerReading(ListEntry entry) {
  private static final Set<String> KEYS =
      Set.of("issuer", "audience", "jwksUri", "jwksFile", "algorithms");
  private static final Set<String> USUAL = Set.of("RS256", "ES256");
  private static final Set<String> SUPPORTED = Set.of("RS256", "PS256", "ES256", "EdDSA");

  static List<TokenIssuer> issuers(Values values) {
    return ListEntry.each(
        values,
        InstanceSettings.ISSUERS,
        KEYS,
        "issuer",
        TokenIssuer::issuer,
        entry -> new IssuerReading(entry).read());
  }

  private TokenIssuer read() {
    return new TokenIssuer(
        entry.required("issuer"), entry.text("audience").orElse("lethe"), keys(), algorithms());
  }

  private JwkSource keys() {
    var uri = entry.text("jwksUri");
    if (uri.isPresent() == entry.text("jwksFile").isPresent()) {
      throw entry.wrong("needs either jwksUri or jwksFile");
    }
    return uri.<JwkSource>map(address -> new JwkSource.AtUrl(address(address)))
        .orElseGet(() -> new JwkSource.InFile(entry.file("jwksFile").orElseThrow()));
  }

  private URI address(String text) {
    try {
      URI uri = URI.create(text);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw entry.wrong("jwksUri", "not a URI");
    }
    throw entry.wrong("jwksUri", "must be an https address");
  }

  private Set<String> algorithms() {
    return entry.value("algorithms").map(this::algorithms).orElse(USUAL);
  }

  private Set<String> algorithms(JsonNode list) {
    var algorithms = new LinkedHashSet<String>();
    list.forEach(name -> algorithms.add(name.asText()));
    if (!list.isArray() || algorithms.isEmpty() || !SUPPORTED.containsAll(algorithms)) {
      throw entry.wrong("algorithms", "must be a list of RS256, PS256, ES256 and EdDSA");
    }
    return algorithms;
  }
}
