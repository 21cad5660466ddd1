package dev.lethe.vault.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.bc.ObjectStore;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A BCFKS file (Bouncy Castle's FIPS keystore format: AES-CCM, integrity by HMAC, both keys from
 * the passphrase). The provider is used directly and registered nowhere.
 *
 * <p>The passphrase goes through scrypt (RFC 7914) with N = 2^14, r = 8, p = 8, twice for each
 * sealing and opening, one key for the content and one for its integrity: about half a second.
 * Bouncy Castle writes p = r whatever it is asked for, unless a system property says otherwise.
 */
final class BcfksSeal implements ContentSeal {
  static final String FILE = "keystore.bcfks";

  /** All content is one entry: each entry costs a key derivation of its own. */
  private static final String ENTRY = "lethe";

  /**
   * BCFKS stores a secret key only under an algorithm that it has an identifier for; the name says
   * nothing about the use.
   */
  private static final String ALGORITHM = "HMACSHA512";

  private static final ScryptConfig SCRYPT = scrypt(1 << 14);

  /** RFC 7914, section 7. */
  private static final ASN1ObjectIdentifier SCRYPT_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final char[] passphrase;
  private final ScryptConfig cost;

  BcfksSeal(char[] passphrase) {
    this(passphrase, SCRYPT);
  }

  /**
   * A seal of another cost.
   *
   * @param cost of the derivation when it seals; at most that of the other constructor
   */
  BcfksSeal(char[] passphrase, ScryptConfig cost) {
    this.passphrase = passphrase.clone();
    this.cost = cost;
  }

  static ScryptConfig scrypt(int n) {
    return new ScryptConfig.Builder(n, 8, 8).withSaltLength(32).build();
  }

  @Override
  public String fileName() {
    return FILE;
  }

  @Override
  public KeystoreContent open(byte[] bytes, Path file) {
    try {
      refuseHigherCost(bytes);
      var store = KeyStore.getInstance("BCFKS", PROVIDER);
      store.load(new ByteArrayInputStream(bytes), passphrase);
      if (store.getKey(ENTRY, passphrase) instanceof SecretKey content) {
        return ContentCodec.decode(content.getEncoded());
      }
      throw new KeystoreException("the file " + file + " is not a keystore of Lethe");
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof KeystoreException already) {
        throw already;
      }
      throw new KeystoreException(
          "the keystore "
              + file
              + " does not open: the passphrase is wrong, or the file is damaged; use the passphrase it was made with, or put back"
              + " a copy of the file",
          e);
    }
  }

  /**
   * What the derivation costs stands in the file before anything that could vouch for it: damaged,
   * it would ask for all memory or for minutes.
   */
  private static void refuseHigherCost(byte[] bytes) throws IOException {
    var check = ObjectStore.getInstance(bytes).getIntegrityCheck().getIntegrityCheck();
    var derivation = PbkdMacIntegrityCheck.getInstance(check).getPbkdAlgorithm();
    var parameters = ASN1Sequence.getInstance(derivation.getParameters());
    if (!derivation.getAlgorithm().equals(SCRYPT_ID)
        || number(parameters, 1) > SCRYPT.getCostParameter()
        || number(parameters, 2) > SCRYPT.getBlockSize()
        || number(parameters, 3) > SCRYPT.getParallelizationParameter()) {
      throw new IOException("not the key derivation of Lethe");
    }
  }

  private static int number(ASN1Sequence parameters, int index) {
    return ASN1Integer.getInstance(parameters.getObjectAt(index)).intValueExact();
  }

  @Override
  public byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException {
    var plaintext = ContentCodec.encode(content);
    try {
      var store = KeyStore.getInstance("BCFKS", PROVIDER);
      store.load(null, null);
      store.setKeyEntry(ENTRY, new SecretKeySpec(plaintext, ALGORITHM), passphrase, null);
      var out = new ByteArrayOutputStream();
      store.store(
          new BCFKSLoadStoreParameter.Builder(out, passphrase).withStorePBKDFConfig(cost).build());
      return out.toByteArray();
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }
}
