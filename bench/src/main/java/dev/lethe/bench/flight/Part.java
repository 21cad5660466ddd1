package dev.lethe.bench.flight;

import java.util.List;
import java.util.Optional;

/** What a moment of an instance's time was spent on, by the classes on the stack. */
public enum Part {
  CRYPTO(
      "crypto",
      "javax.crypto.",
      "com.sun.crypto.",
      "com.amazon.corretto.",
      "org.bouncycastle.",
      "dev.lethe.vault.crypto.",
      "dev.lethe.vault.keys."),
  CONSENT("consent", "dev.lethe.vault.consent.", "dev.lethe.vault.ConsentRequests"),
  AUDIT(
      "access log and audit",
      "dev.lethe.vault.access.",
      "dev.lethe.vault.audit.",
      "dev.lethe.vault.ledger."),
  PROFILE("reading and writing profiles", "dev.lethe.vault.", "dev.lethe.bench.plain."),
  REDIS("Redis client", "dev.lethe.vault.redis.", "io.vertx.redis."),
  TOKENS("tokens", "dev.lethe.gateway.auth.", "com.nimbusds."),
  SCORING("scoring", "dev.lethe.ranker."),
  JSON("requests and JSON", "com.fasterxml.", "dev.lethe.gateway."),
  NETWORK(
      "network and TLS",
      "io.netty.handler.ssl.",
      "io.netty.internal.tcnative.",
      "io.vertx.core.http.",
      "io.vertx.core.net.",
      "io.vertx.ext.web.",
      "sun.nio.",
      "sun.security.ssl."),
  OTHER("other");

  /** These carry whatever was asked of them: who asked is higher up. */
  private static final List<String> CARRIERS = List.of("io.netty.", "io.vertx.");

  private final String text;

  /** Made by {@code List.of}. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> prefixes;

  Part(String text, String... prefixes) {
    this.text = text;
    this.prefixes = List.of(prefixes);
  }

  /** For people. */
  public String text() {
    return text;
  }

  /**
   * What a stack is about: the first class from its top that belongs to something.
   *
   * @param classes names, the running one first
   */
  static Part of(List<String> classes) {
    for (var name : classes) {
      var part = ofClass(name);
      if (part.isPresent()) {
        return part.get();
      }
    }
    return classes.stream().anyMatch(Part::isCarrier) ? NETWORK : OTHER;
  }

  /** The longest prefix decides. */
  private static Optional<Part> ofClass(String name) {
    Part found = OTHER;
    int longest = 0;
    for (var part : values()) {
      for (var prefix : part.prefixes) {
        if (prefix.length() > longest && name.startsWith(prefix)) {
          found = part;
          longest = prefix.length();
        }
      }
    }
    return longest == 0 ? Optional.empty() : Optional.of(found);
  }

  private static boolean isCarrier(String name) {
    return CARRIERS.stream().anyMatch(name::startsWith);
  }
}
