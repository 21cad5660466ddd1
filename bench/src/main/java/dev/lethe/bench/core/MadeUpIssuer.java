package dev.lethe.bench.core;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lethe.bench.BenchException;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import dev.lethe.gateway.auth.TokenVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Issues tokens under keys made for the run, and verifiers that know these keys. */
final class MadeUpIssuer {
  private static final String NAME = "https://bench.example";
  private static final String AUDIENCE = "lethe";
  private static final int RSA_BITS = 2_048;

  private final RSAKey rsa;
  private final ECKey ec;

  MadeUpIssuer() {
    try {
      rsa = new RSAKeyGenerator(RSA_BITS).keyID("rsa").generate();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    } catch (JOSEException e) {
      throw new BenchException("keys of an issuer cannot be made", e);
    }
  }

  String token(JWSAlgorithm algorithm) {
    try {
      return JWSAlgorithm.ES256.equals(algorithm)
          ? token(algorithm, ec, new ECDSASigner(ec))
          : token(algorithm, rsa, new RSASSASigner(rsa));
    } catch (JOSEException e) {
      throw new BenchException("a token cannot be signed", e);
    }
  }

  private static String token(JWSAlgorithm algorithm, JWK key, JWSSigner signer)
      throws JOSEException {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(AUDIENCE)
            .subject(UUID.randomUUID().toString())
            .claim("scope", "rank profile:read profile:write")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofHours(1))))
            .build();
    var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
    var token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  /** One that has its keys and fetches no others: it needs event loops only until then. */
  TokenVerifier verifier(int remembered) {
    var vertx = Vertx.vertx();
    try {
      var file = Files.createTempFile("lethe-bench-", ".json");
      try {
        Files.writeString(file, new JWKSet(List.of(rsa, ec)).toString(true));
        return verifier(vertx, file, remembered);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new BenchException("keys of an issuer cannot be written", e);
    } finally {
      await(vertx.close());
    }
  }

  private static TokenVerifier verifier(Vertx vertx, Path keys, int remembered) {
    var issuer =
        new Issuer(
            NAME,
            AUDIENCE,
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
            new KeySource.InFile(keys));
    var verifier =
        new TokenVerifier(
            vertx, List.of(issuer), Duration.ofSeconds(30), Clock.systemUTC(), remembered);
    await(verifier.start());
    verifier.stop();
    return verifier;
  }

  private static void await(Future<Void> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}
