package dev.lethe.bench.core;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.auth.MadeUpIssuer;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import dev.lethe.gateway.auth.SignatureProvider;
import dev.lethe.gateway.auth.TokenVerifier;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Makes verifiers that have the keys of an issuer and fetch no others. */
final class Verifiers {
  private Verifiers() {}

  /** One needs event loops only until it has the keys. */
  static TokenVerifier of(MadeUpIssuer issuer, int remembered) {
    var vertx = Vertx.vertx();
    try {
      var file = Files.createTempFile("lethe-bench-", ".json");
      try {
        Files.writeString(file, issuer.keySet());
        return verifier(vertx, file, remembered);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new BenchException("keys of an issuer cannot be written", e);
    } finally {
      Waiting.until(vertx.close());
    }
  }

  private static TokenVerifier verifier(Vertx vertx, Path keys, int remembered) {
    var issuer =
        new Issuer(
            MadeUpIssuer.NAME,
            MadeUpIssuer.AUDIENCE,
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
            new KeySource.InFile(keys));
    var verifier =
        new TokenVerifier(
            vertx,
            SignatureProvider.fastest(),
            List.of(issuer),
            Duration.ofSeconds(30),
            Clock.systemUTC(),
            remembered);
    Waiting.until(verifier.start());
    verifier.stop();
    return verifier;
  }
}
