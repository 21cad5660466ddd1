package dev.lethe.vault.keys;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * A BCFKS file (Bouncy Castle's FIPS keystore format: AES-CCM, integrity by HMAC, both keys from
 * the passphrase) that is only ever replaced whole: temporary file, fsync, rename, fsync of the
 * folder, read back. The provider is used directly and registered nowhere.
 *
 * <p>The passphrase goes through scrypt (RFC 7914) with N = 2^14, r = 8, p = 1, once for each load
 * and store: the passphrase that Lethe makes has 256 bits, so the cost guards only those that
 * people choose.
 */
final class KeystoreFile {
  private static final String NAME = "keystore.bcfks";

  /** All content is one entry: each entry costs a key derivation of its own. */
  private static final String ENTRY = "lethe";

  /**
   * BCFKS stores a secret key only under an algorithm that it has an identifier for; the name says
   * nothing about the use.
   */
  private static final String ALGORITHM = "HMACSHA512";

  private static final ScryptConfig SCRYPT =
      new ScryptConfig.Builder(1 << 14, 8, 1).withSaltLength(32).build();
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private final Path file;
  private final char[] passphrase;

  KeystoreFile(Path folder, char[] passphrase) {
    this.file = folder.resolve(NAME);
    this.passphrase = passphrase.clone();
  }

  /** Where the keystore of a folder is. */
  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  boolean exists() {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  KeystoreContent load() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new KeystoreException("the keystore " + file + " cannot be read: " + e.getMessage(), e);
    }
    return decode(bytes);
  }

  private KeystoreContent decode(byte[] bytes) {
    try {
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
   * Replaces the file and reads it back.
   *
   * @throws KeystoreException when it cannot be written; the old file then stands as it was
   */
  void store(KeystoreContent content) {
    var temporary = file.resolveSibling(NAME + ".new");
    try {
      write(temporary, encode(content));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new KeystoreException(
          "the keystore " + file + " cannot be written: " + e.getMessage(), e);
    }
    if (!load().epochKeys().equals(content.epochKeys())) {
      throw new KeystoreException(
          "the keystore " + file + " does not hold what was written to it; check the disk");
    }
  }

  private static void write(Path temporary, byte[] bytes) throws IOException {
    Files.deleteIfExists(temporary);
    try (var channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private byte[] encode(KeystoreContent content) throws IOException, GeneralSecurityException {
    var plaintext = ContentCodec.encode(content);
    try {
      var store = KeyStore.getInstance("BCFKS", PROVIDER);
      store.load(null, null);
      store.setKeyEntry(ENTRY, new SecretKeySpec(plaintext, ALGORITHM), passphrase, null);
      var out = new ByteArrayOutputStream();
      store.store(
          new BCFKSLoadStoreParameter.Builder(out, passphrase)
              .withStorePBKDFConfig(SCRYPT)
              .build());
      return out.toByteArray();
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }
}
