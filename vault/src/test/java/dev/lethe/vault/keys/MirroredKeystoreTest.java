package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.keys.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A keystore with copies: what one gave up, none keeps. */
final class MirroredKeystoreTest {
  private static final String NAME = "keystore.bcfks";

  @TempDir Path all;
  private Folder folder;
  private Path main;
  private Path first;
  private Path second;

  @BeforeEach
  void makeFolders() throws IOException {
    main = Files.createDirectory(all.resolve("main"));
    first = Files.createDirectory(all.resolve("first"));
    second = Files.createDirectory(all.resolve("second"));
    folder = new Folder(main, first, second);
  }

  private Keystore rotated() {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    return keystore;
  }

  private static byte[] bytes(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve(NAME));
  }

  private void assertAllHold(Integer... epochs) throws IOException {
    for (var one : List.of(main, first, second)) {
      assertThat(bytes(one)).as("copy in " + one).isEqualTo(bytes(main));
      assertThat(one.resolve(NAME + ".new")).doesNotExist();
    }
    assertThat(folder.content().epochKeys()).containsOnlyKeys(epochs);
  }

  @Test
  void everyTransitionReachesEveryCopy() throws IOException {
    var keystore = rotated();
    assertAllHold(1, 2);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(second.resolve(NAME))))
        .isEqualTo("rw-------");

    keystore.destroy(1);

    assertAllHold(2);
    assertThat(keystore.healthy()).isTrue();
    assertThat(folder.content().generation()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aCopyThatCannotBeWrittenIsNamedAndTheEpochStays(Fault fault) throws IOException {
    var keystore = rotated();
    var old = bytes(main);
    folder.disk().fault = fault;
    folder.disk().only = Optional.of(second);

    assertThatThrownBy(() -> keystore.destroy(1))
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the keystore " + second.resolve(NAME))
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));

    assertThat(keystore.healthy()).isFalse();
    assertThat(keystore.ring().epochs().get(0).state()).isEqualTo(EpochState.RETIRING);
    assertThat(keystore.ring().key(1, Purpose.SELF)).isPresent();
    assertThat(bytes(main)).isEqualTo(old);

    folder.disk().fault = Fault.NONE;
    keystore.destroy(1);
    assertAllHold(2);
    assertThat(keystore.healthy()).isTrue();
  }

  @Test
  void aFullDiskLeavesEveryCopyAsItWas() throws IOException {
    var keystore = rotated();
    var old = bytes(main);
    folder.disk().fault = Fault.FULL;
    folder.disk().only = Optional.of(main);

    assertThatThrownBy(() -> keystore.destroy(1)).hasMessageContaining("No space left on device");

    for (var one : List.of(main, first, second)) {
      assertThat(bytes(one)).isEqualTo(old);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "second"})
  void aCrashBetweenCopiesIsRepairedAtTheNextStart(String behind) throws IOException {
    var keystore = rotated();
    folder.disk().fault = Fault.NO_REPLACE;
    folder.disk().only = Optional.of(all.resolve(behind));
    assertThatThrownBy(() -> keystore.destroy(1)).isInstanceOf(KeystoreException.class);
    assertThat(Folder.contentOf(first).epochKeys()).containsOnlyKeys(2);
    assertThat(Folder.contentOf(all.resolve(behind)).epochKeys()).containsOnlyKeys(1, 2);

    folder.disk().fault = Fault.NONE;
    var reopened = folder.open();

    assertThat(reopened.ring().epochs().get(0).state()).isEqualTo(EpochState.DESTROYED);
    for (var one : List.of(main, first, second)) {
      assertThat(bytes(one)).isEqualTo(bytes(first));
    }
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
  }

  @Test
  void afterAFailureNoTwoContentsHaveTheSameGeneration() throws IOException {
    var keystore = folder.open();
    folder.disk().fault = Fault.NO_REPLACE;
    folder.disk().only = Optional.of(main);
    assertThatThrownBy(() -> keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1)))
        .isInstanceOf(KeystoreException.class);
    folder.disk().only = Optional.of(second);
    assertThatThrownBy(keystore::markClaimed).isInstanceOf(KeystoreException.class);

    folder.disk().fault = Fault.NONE;
    var reopened = folder.open();

    assertThat(reopened.claimed()).isTrue();
    assertAllHold(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "first", "second"})
  void aStaleCopyIsRewrittenBeforeServing(String stale) throws IOException {
    var keystore = rotated();
    var old = bytes(main);
    keystore.destroy(1);
    Files.write(all.resolve(stale).resolve(NAME), old);

    var reopened = folder.open();

    assertThat(reopened.ring().key(1, Purpose.SELF)).isEmpty();
    assertAllHold(2);
  }

  @Test
  void aStaleCopyThatCannotBeRewrittenKeepsItFromOpening() throws IOException {
    var keystore = rotated();
    var old = bytes(main);
    keystore.destroy(1);
    Files.write(second.resolve(NAME), old);
    folder.disk().fault = Fault.FULL;

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the keystore " + second.resolve(NAME) + " cannot be written");
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "first"})
  void aLostCopyIsMadeAnew(String lost) throws IOException {
    var keystore = rotated();
    Files.delete(all.resolve(lost).resolve(NAME));
    assertThat(keystore.healthy()).isFalse();

    assertThat(folder.open().installationId()).isEqualTo(keystore.installationId());

    assertAllHold(1, 2);
    assertThat(keystore.healthy()).isTrue();
  }

  @Test
  void aMirrorThatVanishesStopsTransitions() throws IOException {
    var keystore = rotated();
    Files.delete(second.resolve(NAME));

    assertThatThrownBy(() -> keystore.destroy(1))
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the keystore " + second.resolve(NAME) + " is gone");

    assertThat(folder.content().epochKeys()).containsOnlyKeys(1, 2);
    Files.delete(second);
    assertThatThrownBy(() -> keystore.destroy(1))
        .hasMessageStartingWith("the keystore mirror " + second + " is no folder");
  }

  @Test
  void aMirrorWithoutAFolderIsRefused() throws IOException {
    Files.delete(second);
    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the keystore mirror " + second + " is no folder");
    assertThat(main).isEmptyDirectory();
    assertThat(first).isEmptyDirectory();

    Files.createDirectory(second);
    folder.open();
    Files.move(second, all.resolve("aside"));
    assertThatThrownBy(folder::open)
        .hasMessageStartingWith("the keystore mirror " + second + " is no folder");
  }

  @Test
  void aForeignKeystoreInAMirrorIsRefusedAndLeftAlone() throws IOException {
    folder.open().markClaimed();
    var other = new Folder(Files.createDirectory(all.resolve("other")));
    other.open();
    Files.write(first.resolve(NAME), other.bytes());

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContainingAll(first.resolve(NAME).toString(), "of another installation");
    assertThat(bytes(first)).isEqualTo(other.bytes());

    Files.writeString(first.resolve(NAME), "not a keystore");
    assertThatThrownBy(folder::open)
        .hasMessageContainingAll(first.resolve(NAME).toString(), "does not open");
    assertThat(first.resolve(NAME)).hasContent("not a keystore");
  }

  @Test
  void copiesThatWereChangedApartAreRefused() throws IOException {
    folder.open();
    new Folder(main).open().markClaimed();
    new Folder(first).open().prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("changed apart from each other");
  }

  @Test
  void aFolderNamedTwiceIsRefused() {
    assertThatThrownBy(() -> new KeystorePlace(main, List.of(first, main.resolve("../main"))))
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("is named twice");
  }
}
