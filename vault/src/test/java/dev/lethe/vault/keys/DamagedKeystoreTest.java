package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not the keystore they should be, and what is said of them. */
final class DamagedKeystoreTest {
  private static final String DOES_NOT_OPEN = "does not open: the passphrase is wrong, or";

  private static byte[] intact = {};

  @TempDir Path path;
  private Folder folder;

  @BeforeAll
  static void makeKeystore(@TempDir Path path) throws IOException {
    var folder = new Folder(path);
    folder.open().prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    intact = folder.bytes();
  }

  @BeforeEach
  void copyKeystore() throws IOException {
    folder = new Folder(path);
    Files.write(folder.file(), intact);
  }

  /** Where the BCFKS part ends: a DER sequence with a length of two bytes (X.690, 8.1.3.5). */
  private static int headLength(byte[] file) {
    assertThat(file).startsWith(0x30, 0x82);
    return 4 + (((file[2] & 0xff) << 8) | (file[3] & 0xff));
  }

  private void refused(byte[] bytes, String why) throws IOException {
    Files.write(folder.file(), bytes);
    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .contains(folder.file().toString(), why)
                    .hasLineCount(1));
    assertThat(folder.bytes()).as("left as it was found").isEqualTo(bytes);
  }

  @Test
  void withAnotherPassphraseItDoesNotOpen() throws IOException {
    for (var wrong : new String[] {"", "a passphrase for test", Folder.PASSPHRASE + " "}) {
      assertThatThrownBy(() -> folder.open(wrong))
          .isInstanceOf(KeystoreException.class)
          .hasMessageContaining(DOES_NOT_OPEN);
    }
    assertThat(folder.bytes()).isEqualTo(intact);
    assertThat(folder.open().ring().active()).isEqualTo(1);
  }

  @Test
  void truncatedItDoesNotOpen() throws IOException {
    var lengths =
        IntStream.concat(
            IntStream.of(0, 1, 2, 3, 4, 5, headLength(intact), intact.length - 1),
            new Random(7).ints(100, 0, intact.length));
    for (int length : lengths.toArray()) {
      refused(Arrays.copyOf(intact, length), DOES_NOT_OPEN);
    }
  }

  @Test
  void withAnyByteChangedItDoesNotOpen() throws IOException {
    var random = new Random(7);
    int head = headLength(intact);
    assertThat(head).isBetween(142, intact.length - 142);
    // The last bytes of the head are structure more than content: identifiers, parameters, lengths.
    var positions =
        IntStream.concat(random.ints(150, head - 142, head), random.ints(150, 0, intact.length));
    for (int position : positions.toArray()) {
      var damaged = intact.clone();
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      refused(damaged, DOES_NOT_OPEN);
    }
  }

  @Test
  void theContentOfAnotherFileDoesNotOpenBehindThisHead(@TempDir Path other) throws IOException {
    var stranger = new Folder(other);
    stranger.open();
    var bytes = stranger.bytes();
    var spliced = new ByteArrayOutputStream();
    spliced.write(intact, 0, headLength(intact));
    spliced.write(bytes, headLength(bytes), bytes.length - headLength(bytes));
    refused(spliced.toByteArray(), DOES_NOT_OPEN);
  }

  @Test
  void aDerivationThatCostsMoreIsRefusedBeforeItIsRun() throws IOException {
    // 2^4, 8, 8 as they stand in the parameters of scrypt.
    byte[] cost = {2, 1, 0x10, 2, 1, 8, 2, 1, 8};
    var text = new String(intact, StandardCharsets.ISO_8859_1);
    int check = text.lastIndexOf(new String(cost, StandardCharsets.ISO_8859_1));
    assertThat(check).isPositive();
    for (int position : new int[] {5, 8}) {
      var damaged = intact.clone();
      damaged[check + position] = 0x7f;
      refused(damaged, DOES_NOT_OPEN);
    }
  }

  @Test
  void aFileOfAnotherKindDoesNotOpen() throws IOException, GeneralSecurityException {
    refused("-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.UTF_8), DOES_NOT_OPEN);
    refused(new byte[intact.length], DOES_NOT_OPEN);
    var pkcs12 = KeyStore.getInstance("PKCS12");
    pkcs12.load(null, null);
    var out = new ByteArrayOutputStream();
    pkcs12.store(out, Folder.PASSPHRASE.toCharArray());
    refused(out.toByteArray(), DOES_NOT_OPEN);
  }

  @Test
  void aKeystoreOfAnotherProgramIsRefused() throws IOException, GeneralSecurityException {
    var other = "{\"format\":1}".getBytes(StandardCharsets.UTF_8);
    refused(keystore("other", other), "is not a keystore of Lethe");
  }

  @Test
  void aNewerFormatIsRefusedInOneClearLine() throws IOException, GeneralSecurityException {
    Files.write(folder.file(), sealed("{\"format\":2,\"epochs\":\"elsewhere\"}"));

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessage(
            "the keystore has format 2, which this version of Lethe does not know; use the version that wrote it");
  }

  @Test
  void aContentThatLacksKeysIsRefused() throws IOException, GeneralSecurityException {
    refused(sealed("{\"format\":1,\"epochs\":[]}"), DOES_NOT_OPEN);
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() throws IOException {
    Files.delete(folder.file());
    Files.createDirectory(folder.file());

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("cannot be read");
  }

  private static byte[] sealed(String content) throws IOException, GeneralSecurityException {
    var key = new byte[KeyBytes.LENGTH];
    var head = keystore("content-key", key);
    var plaintext = content.getBytes(StandardCharsets.UTF_8);
    var file = new ByteArrayOutputStream();
    file.write(head);
    file.write(Gcm.seal(KeyBytes.copyOf(key), head, plaintext));
    return file.toByteArray();
  }

  private static byte[] keystore(String entry, byte[] content)
      throws IOException, GeneralSecurityException {
    var passphrase = Folder.PASSPHRASE.toCharArray();
    var store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
    store.load(null, null);
    store.setKeyEntry(entry, new SecretKeySpec(content, "HMACSHA512"), passphrase, null);
    var out = new ByteArrayOutputStream();
    store.store(
        new BCFKSLoadStoreParameter.Builder(out, passphrase)
            .withStorePBKDFConfig(Folder.CHEAP)
            .build());
    return out.toByteArray();
  }
}
