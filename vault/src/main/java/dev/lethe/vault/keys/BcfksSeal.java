package dev.lethe.vault.keys;

import dev.lethe.vault.crypto.KeyBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1InputStream;
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
 * the passphrase) that holds one random key, and after it the content, sealed with that key by
 * AES-256-GCM and bound to the file before it. The provider is used directly and registered
 * nowhere.
 *
 * <p>The passphrase goes through scrypt (RFC 7914) with N = 2^14, r = 8, p = 8, twice for each
 * making and opening of the BCFKS part, one key to encrypt it and one for its integrity: half a
 * second, and about one in a JVM that has just started. A passphrase of 256 random bits is not
 * guessed at any cost, so that of a file that is made for one is next to nothing. Bouncy Castle
 * writes p = r whatever it is asked for, unless a system property says otherwise. That part stays
 * as it was made or opened for as long as a seal is used, so that only the start pays for it, and
 * no transition.
 */
final class BcfksSeal implements ContentSeal {
  static final String FILE = "keystore.bcfks";

  /** Each entry costs a key derivation of its own, so there is one. */
  private static final String ENTRY = "content-key";

  /** Of files from before there was a content key: their entry is the content itself. */
  private static final String FORMER_ENTRY = "lethe";

  /**
   * BCFKS stores a secret key only under an algorithm that it has an identifier for; the name says
   * nothing about the use.
   */
  private static final String ALGORITHM = "HMACSHA512";

  private static final ScryptConfig SCRYPT = scrypt(1 << 14);

  private static final ScryptConfig SCRYPT_OF_RANDOM = scrypt(1 << 4);

  /** RFC 7914, section 7. */
  private static final ASN1ObjectIdentifier SCRYPT_ID =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.11591.4.11");

  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final char[] passphrase;
  private final ScryptConfig cost;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<Head> head = Optional.empty();

  /** The BCFKS part, and the key in it. */
  private record Head(byte[] bytes, KeyBytes key) {}

  static BcfksSeal of(KeystoreAccess.Passphrase passphrase) {
    return new BcfksSeal(
        passphrase.text().toCharArray(), passphrase.random() ? SCRYPT_OF_RANDOM : SCRYPT);
  }

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
      int end = endOfHead(bytes);
      var first = Arrays.copyOf(bytes, end);
      var known = head.filter(before -> Arrays.equals(before.bytes(), first));
      if (known.isPresent()) {
        return opened(known.orElseThrow(), bytes);
      }
      refuseHigherCost(first);
      var store = KeyStore.getInstance("BCFKS", PROVIDER);
      store.load(new ByteArrayInputStream(first), passphrase);
      if (end == bytes.length && store.getKey(FORMER_ENTRY, passphrase) instanceof SecretKey all) {
        return ContentCodec.decode(all.getEncoded());
      }
      if (store.getKey(ENTRY, passphrase) instanceof SecretKey key) {
        var opened = new Head(first, KeyBytes.copyOf(key.getEncoded()));
        var content = opened(opened, bytes);
        head = Optional.of(opened);
        return content;
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

  /** How long the ASN.1 object is that the file begins with. */
  private static int endOfHead(byte[] bytes) throws IOException {
    var in = new ByteArrayInputStream(bytes);
    if (new ASN1InputStream(in).readObject() == null) {
      throw new EOFException("the file is empty");
    }
    return bytes.length - in.available();
  }

  private static KeystoreContent opened(Head head, byte[] file)
      throws IOException, GeneralSecurityException {
    var sealed = Arrays.copyOfRange(file, head.bytes().length, file.length);
    var plaintext = Gcm.open(head.key(), head.bytes(), sealed);
    try {
      return ContentCodec.decode(plaintext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
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
    if (head.isEmpty()) {
      head = Optional.of(makeHead());
    }
    var under = head.orElseThrow();
    var plaintext = ContentCodec.encode(content);
    try {
      var sealed = Gcm.seal(under.key(), under.bytes(), plaintext);
      return ByteBuffer.allocate(under.bytes().length + sealed.length)
          .put(under.bytes())
          .put(sealed)
          .array();
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private Head makeHead() throws IOException, GeneralSecurityException {
    var key = KeyBytes.random(random);
    var store = KeyStore.getInstance("BCFKS", PROVIDER);
    store.load(null, null);
    var entry = key.export(bytes -> new SecretKeySpec(bytes, ALGORITHM));
    store.setKeyEntry(ENTRY, entry, passphrase, null);
    var out = new ByteArrayOutputStream();
    store.store(
        new BCFKSLoadStoreParameter.Builder(out, passphrase).withStorePBKDFConfig(cost).build());
    return new Head(out.toByteArray(), key);
  }
}
