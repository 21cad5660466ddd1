package dev.lethe.vault.consent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RankingStatement;
import dev.lethe.vault.ledger.CheckpointSigner;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.BigIntegers;

/**
 * Signs receipts of consents, rankings and erasures: JWS compact (RFC 7515), ES256 (RFC 7518),
 * {@code kid} = thumbprint of the key (RFC 7638). Signatures are deterministic (RFC 6979): the same
 * decision gives the same bytes, so a receipt can be made again from the ledger at any time. Signs
 * the checkpoints of ledger and audit log, and Security Event Tokens, with the same key; no text is
 * two of them. Thread-safe.
 */
public final class ReceiptSigner implements CheckpointSigner {
  /** The {@code typ} of every receipt. */
  public static final String TYPE = "lethe-receipt+jws";

  /** The {@code typ} of a Security Event Token (RFC 8417, section 2.3). */
  private static final String EVENT_TYPE = "secevent+jwt";

  private static final int SCALAR_BYTES = 32;

  private final String issuer;
  private final ECPrivateKeyParameters privateKey;
  private final ECKey publicKey;
  private final List<JWK> retired;
  private final ReceiptKeys keys;
  private final String header;
  private final String eventHeader;

  /**
   * A signer with a key of its own.
   *
   * @param issuer the claim {@code iss}
   * @param pkcs8 private key on P-256, PKCS#8 (RFC 5208) as DER; see {@link #newKey}
   * @param retired public keys that signed earlier receipts
   * @throws IllegalArgumentException when it is not such a key
   */
  public ReceiptSigner(String issuer, byte[] pkcs8, List<JWK> retired) {
    this.issuer = issuer;
    this.privateKey = read(pkcs8);
    this.publicKey = publicKeyOf(privateKey);
    this.retired = List.copyOf(retired);
    this.keys = keysOf(jwks(publicKey, retired));
    this.header = json("alg", "ES256", "typ", TYPE, "kid", publicKey.getKeyID());
    this.eventHeader = json("alg", "ES256", "typ", EVENT_TYPE, "kid", publicKey.getKeyID());
  }

  /** A new private key on P-256, PKCS#8 as DER; secret. */
  public static byte[] newKey(SecureRandom random) {
    var domain = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
    var generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(domain, random));
    try {
      return PrivateKeyInfoFactory.createPrivateKeyInfo(generator.generateKeyPair().getPrivate())
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a new key has no encoding", e);
    }
  }

  /**
   * The receipt of a consent given, changed or withdrawn; its time goes into {@code iat}, in whole
   * seconds.
   *
   * @param life of the subject that decided
   */
  public String consent(
      String pseudonym, long life, Purpose purpose, ConsentRecord.Decision decision) {
    return sign(
        JSONObjectUtils.toJSONString(
            ConsentReceipt.claims(issuer, pseudonym, life, purpose, decision)));
  }

  /**
   * The receipt of a stage of an erasure.
   *
   * @param stage {@code inaccessible}, {@code purged} or {@code unrecoverable}
   * @param at when the stage was reached; in whole seconds also {@code iat}
   * @param by when the erasure is promised to be unrecoverable
   * @param modelBy when nothing served is promised to be learned from the person any more
   */
  public String erasure(
      String pseudonym,
      String erasureId,
      String stage,
      Instant at,
      Optional<Instant> by,
      Optional<Instant> modelBy) {
    var claims = stage(pseudonym, erasureId, stage, at);
    by.ifPresent(promised -> claims.put("by", ConsentReceipt.instant(promised)));
    modelBy.ifPresent(promised -> claims.put("modelBy", ConsentReceipt.instant(promised)));
    return sign(JSONObjectUtils.toJSONString(claims));
  }

  /**
   * The receipt of a stage that was reached but for a legal hold, which kept the data.
   *
   * @param modelBy as of {@link #erasure}
   */
  public String heldErasure(
      String pseudonym, String erasureId, String stage, Instant at, Optional<Instant> modelBy) {
    var claims = stage(pseudonym, erasureId, stage, at);
    claims.put("held", true);
    modelBy.ifPresent(promised -> claims.put("modelBy", ConsentReceipt.instant(promised)));
    return sign(JSONObjectUtils.toJSONString(claims));
  }

  private Map<String, Object> stage(String pseudonym, String erasureId, String stage, Instant at) {
    return claims(
        "iss", issuer,
        "iat", at.getEpochSecond(),
        "kind", "erasure",
        "subject", pseudonym,
        "erasureId", erasureId,
        "stage", stage,
        "at", ConsentReceipt.instant(at));
  }

  /**
   * The receipt of a ranking.
   *
   * @param at now; in whole seconds {@code iat}
   * @param basis what was disclosed for it; empty when nobody was asked about
   */
  public String ranking(Instant at, Optional<RankingBasis> basis, RankingStatement stated) {
    return sign(JSONObjectUtils.toJSONString(RankingReceipt.claims(issuer, at, basis, stated)));
  }

  /** A Security Event Token (RFC 8417) with these claims. */
  public String securityEvent(Map<String, Object> claims) {
    return sign(eventHeader, JSONObjectUtils.toJSONString(claims));
  }

  /** The claim {@code iss} of what it signs. */
  public String issuer() {
    return issuer;
  }

  /** The public keys, this one first and then the retired ones, as a JWK set (RFC 7517). */
  public String jwks() {
    return jwks(publicKey, retired);
  }

  private static String jwks(ECKey publicKey, List<JWK> retired) {
    var all = new ArrayList<JWK>();
    all.add(publicKey);
    all.addAll(retired);
    return new JWKSet(all).toString(true);
  }

  /** The public key that verifies the receipts of this signer. */
  ECKey publicKey() {
    return publicKey;
  }

  @Override
  public String kid() {
    return publicKey.getKeyID();
  }

  /** An ES256 signature in base64url, without a JWS around it. */
  @Override
  public String sign(byte[] statement) {
    return Base64URL.encode(signature(statement)).toString();
  }

  @Override
  public boolean verifies(byte[] statement, String kid, String signature) {
    return keys.verifies(statement, kid, signature);
  }

  private static ReceiptKeys keysOf(String jwks) {
    try {
      return ReceiptKeys.of(jwks);
    } catch (ParseException e) {
      throw new IllegalArgumentException("a retired receipt key is none", e);
    }
  }

  private String sign(String payload) {
    return sign(header, payload);
  }

  private String sign(String head, String payload) {
    var input = Base64URL.encode(head) + "." + Base64URL.encode(payload);
    return input + "." + Base64URL.encode(signature(input.getBytes(US_ASCII)));
  }

  /** R and S, 32 bytes each, as RFC 7518, section 3.4, has it. */
  byte[] signature(byte[] message) {
    var digest = new SHA256Digest();
    digest.update(message, 0, message.length);
    var hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, privateKey);
    BigInteger[] pair = signer.generateSignature(hash);
    return Arrays.concatenate(
        BigIntegers.asUnsignedByteArray(SCALAR_BYTES, pair[0]),
        BigIntegers.asUnsignedByteArray(SCALAR_BYTES, pair[1]));
  }

  private static ECPrivateKeyParameters read(byte[] pkcs8) {
    try {
      if (PrivateKeyFactory.createKey(pkcs8) instanceof ECPrivateKeyParameters key
          && key.getParameters() instanceof ECNamedDomainParameters domain
          && domain.getName().equals(SECObjectIdentifiers.secp256r1)) {
        return key;
      }
    } catch (IOException | RuntimeException e) {
      // The cause is left out: it might quote the key.
      throw new IllegalArgumentException("the receipt key is not PKCS#8");
    }
    throw new IllegalArgumentException("the receipt key is not on P-256");
  }

  private static ECKey publicKeyOf(ECPrivateKeyParameters key) {
    var point =
        new FixedPointCombMultiplier().multiply(key.getParameters().getG(), key.getD()).normalize();
    try {
      return new ECKey.Builder(
              Curve.P_256,
              Base64URL.encode(point.getAffineXCoord().getEncoded()),
              Base64URL.encode(point.getAffineYCoord().getEncoded()))
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException e) {
      throw new IllegalStateException("the receipt key has no thumbprint", e);
    }
  }

  /** JSON with the members in the order given: names and values in turn. */
  private static String json(Object... members) {
    return JSONObjectUtils.toJSONString(claims(members));
  }

  private static Map<String, Object> claims(Object... members) {
    var claims = new LinkedHashMap<String, Object>();
    for (var i = 0; i < members.length; i += 2) {
      claims.put((String) members[i], members[i + 1]);
    }
    return claims;
  }

  @Override
  public String toString() {
    return "ReceiptSigner[kid=" + publicKey.getKeyID() + "]";
  }
}
