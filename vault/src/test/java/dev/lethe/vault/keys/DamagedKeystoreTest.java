package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Rotation.State;
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
            IntStream.of(0, 1, 2, 3, 4, 5, intact.length - 2, intact.length - 1),
            new Random(7).ints(100, 0, intact.length));
    for (int length : lengths.toArray()) {
      refused(Arrays.copyOf(intact, length), DOES_NOT_OPEN);
    }
  }

  @Test
  void withAnyByteChangedItDoesNotOpen() throws IOException {
    var random = new Random(7);
    // The last bytes are structure more than content: identifiers, parameters, lengths.
    var positions =
        IntStream.concat(
            random.ints(150, intact.length - 142, intact.length),
            random.ints(150, 0, intact.length));
    for (int position : positions.toArray()) {
      var damaged = intact.clone();
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      refused(damaged, DOES_NOT_OPEN);
    }
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
    refused(keystore("other", "{\"format\":1}"), "is not a keystore of Lethe");
  }

  @Test
  void aNewerFormatIsRefusedInOneClearLine() throws IOException, GeneralSecurityException {
    Files.write(folder.file(), keystore("lethe", "{\"format\":2,\"epochs\":\"elsewhere\"}"));

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessage(
            "the keystore has format 2, which this version of Lethe does not know; use the version that wrote it");
  }

  @Test
  void aContentThatLacksKeysIsRefused() throws IOException, GeneralSecurityException {
    refused(keystore("lethe", "{\"format\":1,\"epochs\":[]}"), DOES_NOT_OPEN);
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() throws IOException {
    Files.delete(folder.file());
    Files.createDirectory(folder.file());

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("cannot be read");
  }

  private static byte[] keystore(String entry, String content)
      throws IOException, GeneralSecurityException {
    var passphrase = Folder.PASSPHRASE.toCharArray();
    var store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
    store.load(null, null);
    store.setKeyEntry(
        entry,
        new SecretKeySpec(content.getBytes(StandardCharsets.UTF_8), "HMACSHA512"),
        passphrase,
        null);
    var out = new ByteArrayOutputStream();
    store.store(
        new BCFKSLoadStoreParameter.Builder(out, passphrase)
            .withStorePBKDFConfig(Folder.CHEAP)
            .build());
    return out.toByteArray();
  }
}
