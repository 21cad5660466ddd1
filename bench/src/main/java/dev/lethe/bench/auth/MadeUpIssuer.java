package dev.lethe.bench.auth;

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
import dev.lethe.gateway.auth.SignatureProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Issues tokens under keys made for the run. */
public final class MadeUpIssuer {
  /** Its {@code iss}. */
  public static final String NAME = "https://bench.example";

  /** The {@code aud} of its tokens. */
  public static final String AUDIENCE = "lethe";

  private static final int RSA_BITS = 2_048;
  private static final int LINE = 64;

  private final Provider provider = SignatureProvider.fastest();
  private final RSAKey rsa;
  private final ECKey ec;

  public MadeUpIssuer() {
    try {
      rsa = new RSAKeyGenerator(RSA_BITS).keyID("rsa").generate();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    } catch (JOSEException e) {
      throw new BenchException("keys of an issuer cannot be made", e);
    }
  }

  /** Its public keys, a JWK set. */
  public String keySet() {
    return new JWKSet(List.of(rsa, ec)).toString(true);
  }

  /**
   * Writes what an instance is told about it.
   *
   * @return the file for {@code --config}
   */
  public Path configuration(Path folder) throws IOException {
    var keys = Files.writeString(folder.resolve("issuer.json"), keySet());
    var text =
        """
        auth:
          issuers:
            - {issuer: "%s", audience: %s, jwksFile: "%s", algorithms: [RS256, ES256]}
        limits: {rate: "off"}
        """
            .formatted(NAME, AUDIENCE, keys);
    return Files.writeString(folder.resolve("lethe.yaml"), text);
  }

  /** The public key of an algorithm, PEM. */
  String pem(JWSAlgorithm algorithm) {
    try {
      PublicKey key = isEc(algorithm) ? ec.toECPublicKey() : rsa.toRSAPublicKey();
      return "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded())
          + "\n-----END PUBLIC KEY-----\n";
    } catch (JOSEException e) {
      throw new BenchException("a key cannot be written", e);
    }
  }

  /** A token of somebody new, valid for an hour. Thread-safe. */
  public String token(JWSAlgorithm algorithm) {
    try {
      return isEc(algorithm)
          ? token(algorithm, ec, new ECDSASigner(ec))
          : token(algorithm, rsa, new RSASSASigner(rsa));
    } catch (JOSEException e) {
      throw new BenchException("a token cannot be signed", e);
    }
  }

  /** Many, signed on all processors. */
  public List<String> tokens(JWSAlgorithm algorithm, int count, PrintStream progress) {
    var signed = new AtomicInteger();
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(
            n -> {
              var token = token(algorithm);
              int done = signed.incrementAndGet();
              if (done % (count / 4) == 0) {
                progress.println(done + " of " + count + " tokens are signed, " + algorithm);
              }
              return token;
            })
        .toList();
  }

  private static boolean isEc(JWSAlgorithm algorithm) {
    return JWSAlgorithm.ES256.equals(algorithm);
  }

  private String token(JWSAlgorithm algorithm, JWK key, JWSSigner signer) throws JOSEException {
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
    signer.getJCAContext().setProvider(provider);
    token.sign(signer);
    return token.serialize();
  }
}
