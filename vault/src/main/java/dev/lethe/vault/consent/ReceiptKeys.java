package dev.lethe.vault.consent;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import dev.lethe.vault.ledger.CheckpointKeys;
import dev.lethe.vault.ledger.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;

/**
 * The public halves of the receipt keys, which also sign checkpoints: ES256 (RFC 7518, section 3.4)
 * over SHA-256 on P-256. Beside the ledger lies a copy of the JWK set, so that a chain can be
 * checked without the keystore.
 */
public final class ReceiptKeys implements CheckpointKeys {
  private static final int SCALAR_BYTES = 32;

  private final Map<String, ECPublicKeyParameters> keys;

  private ReceiptKeys(Map<String, ECPublicKeyParameters> keys) {
    this.keys = keys;
  }

  /**
   * The keys on P-256 of a JWK set (RFC 7517).
   *
   * @throws ParseException when it is none
   */
  public static ReceiptKeys of(String jwks) throws ParseException {
    var keys = new HashMap<String, ECPublicKeyParameters>();
    for (var jwk : JWKSet.parse(jwks).getKeys()) {
      if (jwk instanceof ECKey key && Curve.P_256.equals(key.getCurve())) {
        keys.put(key.getKeyID(), publicKey(key));
      }
    }
    return new ReceiptKeys(keys);
  }

  private static ECPublicKeyParameters publicKey(ECKey key) throws ParseException {
    var domain = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
    try {
      var point =
          domain
              .getCurve()
              .createPoint(key.getX().decodeToBigInteger(), key.getY().decodeToBigInteger());
      return new ECPublicKeyParameters(point, domain);
    } catch (IllegalArgumentException e) {
      throw new ParseException("a key is not on P-256", 0);
    }
  }

  /** Where the copy lies in a data folder. */
  public static Path file(Path data) {
    return data.resolve("ledger").resolve("keys.json");
  }

  /**
   * Reads the copy; no keys when there is none, and then no checkpoint holds. Blocks.
   *
   * @throws UncheckedIOException when it cannot be read or is no JWK set
   */
  public static ReceiptKeys read(Path data) {
    var file = file(data);
    try {
      return Files.exists(file) ? of(Files.readString(file)) : new ReceiptKeys(Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (ParseException e) {
      throw new UncheckedIOException(new IOException(file + " is not a set of keys"));
    }
  }

  /**
   * Lays the copy down, unless it is there. Blocks.
   *
   * @param data whose ledger has been opened
   */
  public static void store(Path data, String jwks) {
    var file = file(data);
    try {
      if (!Files.exists(file) || !Files.readString(file).equals(jwks)) {
        WholeFile.replace(file, jwks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public boolean verifies(byte[] statement, String kid, String signature) {
    var key = keys.get(kid);
    var pair = new Base64URL(signature).decode();
    if (key == null || pair.length != 2 * SCALAR_BYTES) {
      return false;
    }
    var digest = new SHA256Digest();
    digest.update(statement, 0, statement.length);
    var hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    var signer = new ECDSASigner();
    signer.init(false, key);
    return signer.verifySignature(
        hash,
        new BigInteger(1, Arrays.copyOf(pair, SCALAR_BYTES)),
        new BigInteger(1, Arrays.copyOfRange(pair, SCALAR_BYTES, pair.length)));
  }
}
