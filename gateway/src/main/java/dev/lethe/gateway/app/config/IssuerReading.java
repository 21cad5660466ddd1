package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.gateway.app.config.Config.JwkSource;
import dev.lethe.gateway.app.config.Config.TokenIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the list of token issuers. */
final class IssuerReading {
  private static final Set<String> KEYS =
      Set.of("issuer", "audience", "jwksUri", "jwksFile", "algorithms");
  private static final Set<String> ALGORITHMS = Set.of("RS256", "ES256");

  private final String at;
  private final Path folder;
  private final JsonNode node;

  private IssuerReading(String at, Path folder, JsonNode node) {
    this.at = at;
    this.folder = folder;
    this.node = node;
  }

  static List<TokenIssuer> issuers(Values values) {
    if (values.list(Settings.ISSUERS).isEmpty()) {
      return List.of();
    }
    JsonNode list = values.list(Settings.ISSUERS).get();
    String at = values.fileName() + ": " + Settings.ISSUERS;
    if (!list.isArray()) {
      throw new UsageException(at + ": must be a list");
    }
    var issuers = new ArrayList<TokenIssuer>();
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      String here = at + "[" + i + "]";
      var issuer = new IssuerReading(here, values.fileFolder(), list.get(i)).read();
      if (!names.add(issuer.issuer())) {
        throw new UsageException(here + ".issuer: stands in the list twice");
      }
      issuers.add(issuer);
    }
    return issuers;
  }

  private TokenIssuer read() {
    if (!node.isObject()) {
      throw new UsageException(at + ": must hold keys");
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new UsageException(
                    at.substring(0, at.indexOf(": "))
                        + ": unknown key "
                        + at.substring(at.indexOf(": ") + 2)
                        + "."
                        + key);
              }
            });
    return new TokenIssuer(
        text("issuer").orElseThrow(() -> wrong("issuer", "is missing")),
        text("audience").orElse("lethe"),
        keys(),
        algorithms());
  }

  private JwkSource keys() {
    Optional<String> uri = text("jwksUri");
    Optional<String> file = text("jwksFile");
    if (uri.isPresent() == file.isPresent()) {
      throw new UsageException(at + ": needs either jwksUri or jwksFile");
    }
    return uri.<JwkSource>map(address -> new JwkSource.AtUrl(address(address)))
        .orElseGet(() -> new JwkSource.InFile(file(file.orElseThrow())));
  }

  private URI address(String text) {
    try {
      URI uri = URI.create(text);
      if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong("jwksUri", "not a URI");
    }
    throw wrong("jwksUri", "must be an https address");
  }

  private Path file(String text) {
    try {
      return Parsers.readableFile(text, folder);
    } catch (IllegalArgumentException e) {
      throw new UsageException(at + ".jwksFile: " + e.getMessage());
    }
  }

  private Set<String> algorithms() {
    JsonNode list = node.path("algorithms");
    if (list.isMissingNode() || list.isNull()) {
      return ALGORITHMS;
    }
    var algorithms = new LinkedHashSet<String>();
    list.forEach(name -> algorithms.add(name.asText()));
    if (!list.isArray() || algorithms.isEmpty() || !ALGORITHMS.containsAll(algorithms)) {
      throw wrong("algorithms", "must be a list of RS256 and ES256");
    }
    return algorithms;
  }

  private Optional<String> text(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw wrong(key, "must be a text");
    }
    return Optional.of(value.asText());
  }

  private UsageException wrong(String key, String what) {
    return new UsageException(at + "." + key + ": " + what);
  }
}
