package dev.lethe.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

/** An issuer with a key of each kind; the JDK signs. */
final class SigningKeys {
  static final String ISSUER = "https://id.test";
  static final List<JWSAlgorithm> ALGORITHMS =
      List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

  private static final int KEY_BYTES = 32;

  private final RSAKey rsa;
  private final ECKey ec;
  private final KeyPair ed;

  SigningKeys() {
    try {
      rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
      ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
      ed = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (JOSEException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  String publicSet() {
    byte[] encoded = ed.getPublic().getEncoded();
    byte[] point = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    var okp = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).keyID("ed").build();
    return new JWKSet(List.of(rsa, ec, okp)).toString();
  }

  String token(JWSAlgorithm algorithm) {
    return token(new JWSHeader.Builder(algorithm));
  }

  String token(JWSHeader.Builder builder) {
    var algorithm = builder.build().getAlgorithm();
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience("lethe")
            .subject("viewer-4711")
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(600)))
            .claim("scope", "rank")
            .build();
    try {
      if (JWSAlgorithm.EdDSA.equals(algorithm)) {
        return ed25519(builder.keyID("ed").build(), claims);
      }
      boolean isEc = JWSAlgorithm.ES256.equals(algorithm);
      JWSSigner signer = isEc ? new ECDSASigner(ec) : new RSASSASigner(rsa);
      var token = new SignedJWT(builder.keyID(isEc ? "ec" : "rsa").build(), claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String ed25519(JWSHeader header, JWTClaimsSet claims) throws GeneralSecurityException {
    String signed = header.toBase64URL() + "." + claims.toPayload().toBase64URL();
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(ed.getPrivate());
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + Base64URL.encode(signer.sign());
  }
}
