package dev.lethe.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The usable keys of an issuer at one moment; immutable. Weak and foreign keys are left out. */
record KeySet(List<Key> keys) {
  private static final int MIN_RSA_BITS = 2048;
  private static final Set<JWSAlgorithm> RSA = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256);

  record Key(Optional<String> id, Set<JWSAlgorithm> algorithms, JWSVerifier verifier) {}

  /**
   * @param provider of the checks, by any number of threads at once
   */
  static KeySet parse(String jwkSet, Provider provider) throws ParseException {
    var keys = new ArrayList<Key>();
    for (JWK jwk : JWKSet.parse(jwkSet).getKeys()) {
      usable(jwk, provider).ifPresent(keys::add);
    }
    return new KeySet(List.copyOf(keys));
  }

  private static Optional<Key> usable(JWK jwk, Provider provider) {
    if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
      return Optional.empty();
    }
    try {
      if (jwk instanceof RSAKey rsa && rsa.size() >= MIN_RSA_BITS) {
        return key(jwk, RSA, verifier(rsa, provider));
      }
      if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
        return key(jwk, Set.of(JWSAlgorithm.ES256), verifier(ec, provider));
      }
      if (jwk instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve())) {
        return key(jwk, Set.of(JWSAlgorithm.EdDSA), new Ed25519Verifier(okp, provider));
      }
    } catch (JOSEException | IllegalArgumentException unusable) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** With a key of the provider's own: it would translate another one at each check. */
  private static JWSVerifier verifier(RSAKey rsa, Provider provider) throws JOSEException {
    try {
      var key = KeyFactory.getInstance("RSA", provider).translateKey(rsa.toRSAPublicKey());
      var verifier = new RSASSAVerifier((RSAPublicKey) key);
      verifier.getJCAContext().setProvider(provider);
      return verifier;
    } catch (GeneralSecurityException e) {
      throw new JOSEException("not a key of RSA", e);
    }
  }

  private static JWSVerifier verifier(ECKey ec, Provider provider) throws JOSEException {
    var verifier = new ECDSAVerifier(ec.toECPublicKey(provider));
    verifier.getJCAContext().setProvider(provider);
    return verifier;
  }

  private static Optional<Key> key(JWK jwk, Set<JWSAlgorithm> fitting, JWSVerifier verifier) {
    var algorithms =
        jwk.getAlgorithm() == null
            ? fitting
            : fitting.contains(JWSAlgorithm.parse(jwk.getAlgorithm().getName()))
                ? Set.of(JWSAlgorithm.parse(jwk.getAlgorithm().getName()))
                : Set.<JWSAlgorithm>of();
    return Optional.of(new Key(Optional.ofNullable(jwk.getKeyID()), algorithms, verifier));
  }

  /** Keys that may have made a signature with this header. */
  List<Key> candidates(JWSHeader header) {
    return keys.stream()
        .filter(key -> key.algorithms().contains(header.getAlgorithm()))
        .filter(
            key ->
                header.getKeyID() == null || key.id().filter(header.getKeyID()::equals).isPresent())
        .toList();
  }
}
