package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.bc.EncryptedObjectStoreData;
import org.bouncycastle.asn1.bc.ObjectStore;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;

/** The BCFKS part of a keystore file, read without its passphrase. */
public final class KeystoreHead {
  /** RFC 7914, section 7. */
  private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";

  private KeystoreHead() {}

  /** Its bytes. */
  static byte[] of(Path file) throws IOException {
    return store(file).getEncoded();
  }

  /** The cost N of scrypt in a file, of the encryption and of the integrity check. */
  public static List<Integer> costs(Path file) throws IOException {
    var store = store(file);
    var encryption =
        EncryptedObjectStoreData.getInstance(store.getStoreData()).getEncryptionAlgorithm();
    var check = PbkdMacIntegrityCheck.getInstance(store.getIntegrityCheck().getIntegrityCheck());
    return List.of(
        cost(PBES2Parameters.getInstance(encryption.getParameters()).getKeyDerivationFunc()),
        cost(KeyDerivationFunc.getInstance(check.getPbkdAlgorithm())));
  }

  private static ObjectStore store(Path file) throws IOException {
    try (var in = new ASN1InputStream(Files.newInputStream(file))) {
      return ObjectStore.getInstance(in.readObject());
    }
  }

  private static int cost(KeyDerivationFunc derivation) {
    if (!derivation.getAlgorithm().getId().equals(SCRYPT)) {
      throw new AssertionError("derived by " + derivation.getAlgorithm());
    }
    var parameters = ASN1Sequence.getInstance(derivation.getParameters());
    return ASN1Integer.getInstance(parameters.getObjectAt(1)).intValueExact();
  }
}
