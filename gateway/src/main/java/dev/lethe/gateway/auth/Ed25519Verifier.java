package dev.lethe.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

/** EdDSA with Ed25519 (RFC 8037). Nimbus has one too, which needs Tink. Thread-safe. */
final class Ed25519Verifier implements JWSVerifier {
  private static final String NAME = "Ed25519";
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  /** What stands before the key in a SubjectPublicKeyInfo (RFC 8410). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final JCAContext context = new JCAContext();
  private final PublicKey key;

  /**
   * @throws JOSEException when that is no key of Ed25519
   */
  Ed25519Verifier(OctetKeyPair jwk, Provider provider) throws JOSEException {
    byte[] point = jwk.getDecodedX();
    if (point.length != KEY_BYTES) {
      throw new JOSEException("a key of Ed25519 has " + KEY_BYTES + " bytes");
    }
    byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
    System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
    System.arraycopy(point, 0, encoded, PREFIX.length, KEY_BYTES);
    try {
      // A provider is fastest with a key of its own; that of Corretto has no public way to make
      // one.
      var factory =
          provider.getService("KeyFactory", NAME) == null
              ? KeyFactory.getInstance(NAME)
              : KeyFactory.getInstance(NAME, provider);
      this.key = factory.generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new JOSEException("not a key of Ed25519", e);
    }
    context.setProvider(provider);
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] signed, Base64URL signature) throws JOSEException {
    byte[] bytes = signature.decode();
    // Nothing that could be critical (RFC 7515, section 4.1.11) is understood here.
    boolean understood = header.getCriticalParams() == null;
    if (!understood
        || !JWSAlgorithm.EdDSA.equals(header.getAlgorithm())
        || bytes.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      var check = Signature.getInstance(NAME, context.getProvider());
      check.initVerify(key);
      check.update(signed);
      return check.verify(bytes);
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Ed25519 cannot be checked", e);
    }
  }
}
