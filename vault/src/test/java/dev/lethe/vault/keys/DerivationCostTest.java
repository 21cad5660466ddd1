package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Rotation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it costs to try a passphrase on a file: next to nothing only for one that is random. */
final class DerivationCostTest {
  private static final List<Integer> FULL = List.of(1 << 14, 1 << 14);
  private static final List<Integer> LOW = List.of(1 << 4, 1 << 4);

  private static final char[] CHOSEN = "a chosen passphrase".toCharArray();

  @TempDir Path all;

  private static Keystore open(KeystorePlace place, boolean random) {
    return Keystore.open(
        place,
        new KeystoreAccess.Passphrase(Folder.PASSPHRASE, random),
        Clock.fixed(Folder.NOW, ZoneOffset.UTC),
        new SecureRandom(),
        any -> Folder.RECEIPT_KEY.clone());
  }

  private KeystorePlace place(String name) {
    return KeystorePlace.in(all.resolve(name));
  }

  private static Path file(KeystorePlace place) {
    return place.folder().resolve(BcfksSeal.FILE);
  }

  @ParameterizedTest
  @CsvSource({"true, 16", "false, 16384"})
  void aFileKeepsTheCostItWasMadeWithHoweverItIsOpenedLater(boolean random, int cost)
      throws IOException {
    var place = place("keystore");
    var installation = open(place, random).installationId();
    var made = Files.readAllBytes(file(place));
    var head = KeystoreHead.of(file(place));
    assertThat(KeystoreHead.costs(file(place))).containsExactly(cost, cost);

    var reopened = open(place, !random);
    reopened.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));

    assertThat(reopened.installationId()).isEqualTo(installation);
    assertThat(Files.readAllBytes(file(place))).isNotEqualTo(made).startsWith(head);
    assertThat(open(place, random).installationId()).isEqualTo(installation);
  }

  @Test
  void aPassphraseOfWhichNothingIsSaidIsNotTakenForRandom() {
    assertThat(new KeystoreAccess.Passphrase("a".repeat(64)).random()).isFalse();
  }

  @Test
  void aChosenPassphraseCostsInFullWhateverTheOneBefore() throws IOException {
    var mirror = Files.createDirectory(all.resolve("mirror"));
    var place = new KeystorePlace(all.resolve("keystore"), List.of(mirror));
    open(place, true);
    assertThat(KeystoreHead.costs(file(place))).isEqualTo(LOW);

    KeystoreTransfer.changePassphrase(place, Folder.PASSPHRASE.toCharArray(), CHOSEN);

    assertThat(KeystoreHead.costs(file(place))).isEqualTo(FULL);
    assertThat(mirror.resolve(BcfksSeal.FILE)).hasSameBinaryContentAs(file(place));
  }

  @Test
  void anExportCostsInFullAndWhatIsMadeOfItWhatItsPassphraseIsWorth() throws IOException {
    var place = place("keystore");
    open(place, true);
    var export = all.resolve("export");
    KeystoreTransfer.export(place, Folder.PASSPHRASE.toCharArray(), export, CHOSEN);
    assertThat(KeystoreHead.costs(export)).isEqualTo(FULL);

    for (boolean random : new boolean[] {true, false}) {
      var imported = place("imported-" + random);
      var access = new KeystoreAccess.Passphrase(Folder.PASSPHRASE, random);
      KeystoreTransfer.importFrom(export, CHOSEN, imported, access);
      assertThat(KeystoreHead.costs(file(imported))).isEqualTo(random ? LOW : FULL);
    }
  }
}
