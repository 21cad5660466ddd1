package dev.lethe.gateway.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.UUID;

/**
 * Issues tokens for trying things out, with a key in the data folder. Whoever needs it first makes
 * the key; an instance trusts it only while no real issuer is configured. Thread-safe.
 */
public final class DevIssuer {
  /** Its {@code iss}. */
  public static final String ISSUER = "lethe-dev";

  /** The {@code aud} of its tokens. */
  public static final String AUDIENCE = "lethe";

  private static final int KEY_BITS = 2048;

  /** File locks keep other processes out; this keeps out other threads of this one. */
  private static final Object MAKING = new Object();

  private final RSAKey key;
  private final JWSSigner signer;
  private final Path publicKeys;
  private final Clock clock;

  private DevIssuer(RSAKey key, Path publicKeys, Clock clock) throws JOSEException {
    this.key = key;
    this.signer = new RSASSASigner(key);
    this.publicKeys = publicKeys;
    this.clock = clock;
  }

  /**
   * Opens the development issuer of a data folder, made if it does not exist yet.
   *
   * @throws FailedException when its files cannot be read or made
   */
  public static DevIssuer open(Path data, Clock clock) {
    Path folder = data.resolve("dev-issuer");
    OwnerOnly.folder(folder);
    Path file = folder.resolve("key.jwk");
    Path publicKeys = folder.resolve("keys.json");
    synchronized (MAKING) {
      try (var channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        if (!Files.exists(file)) {
          OwnerOnly.write(file, generate().toJSONString());
        }
        var key = RSAKey.parse(Files.readString(file));
        if (!Files.exists(publicKeys)) {
          OwnerOnly.write(publicKeys, new JWKSet(key.toPublicJWK()).toString(true));
        }
        return new DevIssuer(key, publicKeys, clock);
      } catch (IOException | ParseException | JOSEException e) {
        // Without the cause's message: a parser may quote what it read, and this is a private key.
        throw new FailedException("development issuer in " + folder + " cannot be used");
      }
    }
  }

  private static RSAKey generate() throws JOSEException {
    return new RSAKeyGenerator(KEY_BITS)
        .keyUse(KeyUse.SIGNATURE)
        .algorithm(JWSAlgorithm.RS256)
        .keyIDFromThumbprint(true)
        .generate();
  }

  /** File with the JWK set (RFC 7517) that its tokens are verified with. */
  public Path publicKeys() {
    return publicKeys;
  }

  /**
   * A signed token (RFC 7519).
   *
   * @param scope names joined by spaces
   */
  public String token(String subject, String scope, Duration ttl) {
    var now = clock.instant();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(subject)
            .claim("scope", scope)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(ttl)))
            .build();
    var header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .type(JOSEObjectType.JWT)
            .keyID(key.getKeyID())
            .build();
    var token = new SignedJWT(header, claims);
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new FailedException("token cannot be signed", e);
    }
    return token.serialize();
  }
}
