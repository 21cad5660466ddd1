package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.keys.FaultyDisk.Fault;
import dev.lethe.vault.keys.TokenFolder.Cut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** File and token change one after the other: whatever is cut off between them is mended. */
final class TokenCrashTest {
  @TempDir Path all;
  private TokenFolder folder;
  private Path main;
  private Path mirror;

  @BeforeEach
  void makeFolder() throws IOException {
    main = Files.createDirectory(all.resolve("main"));
    mirror = Files.createDirectory(all.resolve("mirror"));
    folder = new TokenFolder(SoftHsm.token(), main, mirror);
  }

  private static RotationRecord first() {
    return Folder.rotation("r-1", State.DISTRIBUTING, 1);
  }

  private Keystore rotated(ContentSeal seal) {
    var keystore = folder.open(seal);
    keystore.prepare(first());
    keystore.activate(2);
    return keystore;
  }

  private void assertWhole(Keystore keystore, Integer... epochs) throws IOException {
    assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(epochs);
    assertThat(folder.content().epochKeys()).containsOnlyKeys(epochs);
    for (int epoch : epochs) {
      for (var purpose : Purpose.values()) {
        assertThat(folder.open().ring().key(epoch, purpose))
            .isPresent()
            .isEqualTo(keystore.ring().key(epoch, purpose));
      }
    }
    assertThat(mirror.resolve(TokenSeal.FILE)).hasSameBinaryContentAs(folder.file());
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFileThatCannotBeWrittenLeavesTheTokenAsItWas(Fault fault) throws IOException {
    var keystore = rotated(folder.seal());
    folder.disk().fault = fault;

    for (var transition :
        List.<Runnable>of(
            () -> keystore.destroy(1),
            () -> keystore.prepare(Folder.rotation("r-2", State.DISTRIBUTING, 2)))) {
      assertThatThrownBy(transition::run)
          .isInstanceOf(KeystoreException.class)
          .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
      assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(1, 2);
      assertThat(keystore.healthy()).isFalse();
      assertThat(keystore.ring().key(1, Purpose.SELF)).isPresent();
    }

    folder.disk().fault = Fault.NONE;
    keystore.destroy(1);
    assertThat(keystore.healthy()).isTrue();
    assertWhole(keystore, 2);
  }

  @Test
  void aDestructionCutOffBeforeTheTokenIsFinishedAtTheNextStart() throws IOException {
    var seal = folder.seal();
    var keystore = rotated(seal);
    var old = folder.bytes();
    seal.cut = Cut.BEFORE;

    assertThatThrownBy(() -> keystore.destroy(1)).hasMessage("cut off before");

    assertThat(keystore.ring().epochs().get(0).state()).isEqualTo(EpochState.RETIRING);
    assertThat(keystore.healthy()).isFalse();
    assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(1, 2);

    var reopened = folder.open();
    assertThat(reopened.ring().epochs().get(0).state()).isEqualTo(EpochState.DESTROYED);
    assertWhole(reopened, 2);
    Files.write(folder.file(), old);
    Files.write(mirror.resolve(TokenSeal.FILE), old);
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
  }

  @Test
  void aStartThatCannotFinishADestructionDoesNotClaimIt() {
    var seal = folder.seal();
    var keystore = rotated(seal);
    seal.cut = Cut.BEFORE;
    assertThatThrownBy(() -> keystore.destroy(1)).isInstanceOf(KeystoreException.class);

    var next = folder.seal();
    next.cut = Cut.BEFORE;
    assertThatThrownBy(() -> folder.open(next)).hasMessage("cut off before");

    assertThat(folder.open().ring().key(1, Purpose.SELF)).isEmpty();
    assertThat(folder.epochsInToken()).containsExactly(2);
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void afterADestructionThatFailedOtherChangesGoOnAndItIsRepeated(Cut cut) throws IOException {
    var seal = folder.seal();
    var keystore = rotated(seal);
    seal.cut = cut;
    assertThatThrownBy(() -> keystore.destroy(1)).isInstanceOf(KeystoreException.class);

    seal.cut = Cut.NONE;
    keystore.markClaimed();
    assertThat(keystore.ring().key(1, Purpose.SELF)).isPresent();
    assertWhole(keystore, 1, 2);

    keystore.destroy(1);
    assertWhole(keystore, 2);
  }

  @Test
  void anEpochCutOffBeforeTheTokenIsMadeAnewAtTheNextStart() throws IOException {
    var seal = folder.seal();
    var keystore = folder.open(seal);
    seal.cut = Cut.BEFORE;
    assertThatThrownBy(() -> keystore.prepare(first())).hasMessage("cut off before");
    assertThat(folder.epochsInToken()).containsExactly(1);
    assertThat(folder.content().epochKeys()).containsOnlyKeys(1);

    var reopened = folder.open();

    assertThat(reopened.ring().epochs().get(1).state()).isEqualTo(EpochState.PREPARED);
    assertWhole(reopened, 1, 2);
    reopened.prepare(first());
    reopened.activate(2);
    reopened.destroy(1);
    assertWhole(reopened, 2);
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void afterAnEpochThatWasCutOffOtherChangesGoOnAndItIsRepeated(Cut cut) throws IOException {
    var seal = folder.seal();
    var keystore = folder.open(seal);
    seal.cut = cut;
    assertThatThrownBy(() -> keystore.prepare(first())).isInstanceOf(KeystoreException.class);
    assertThatThrownBy(() -> keystore.prepare(first())).isInstanceOf(KeystoreException.class);
    assertThat(folder.open().ring().epochs()).hasSize(2);

    seal.cut = Cut.NONE;
    keystore.prepare(first());
    assertWhole(keystore, 1, 2);
  }

  @ParameterizedTest
  @EnumSource(value = Cut.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void anEpochThatWasGivenUpLeavesNoKeyBehind(Cut cut) throws IOException {
    var seal = folder.seal();
    var keystore = folder.open(seal);
    seal.cut = cut;
    assertThatThrownBy(() -> keystore.prepare(first())).isInstanceOf(KeystoreException.class);

    seal.cut = Cut.NONE;
    keystore.markClaimed();

    assertWhole(keystore, 1);
  }

  @Test
  void aCrashBetweenCopiesIsRepairedWithTheToken() throws IOException {
    var keystore = rotated(folder.seal());
    folder.disk().fault = Fault.NO_REPLACE;
    folder.disk().only = Optional.of(main);
    assertThatThrownBy(() -> keystore.destroy(1)).isInstanceOf(KeystoreException.class);
    assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(1, 2);

    folder.disk().fault = Fault.NONE;
    assertWhole(folder.open(), 2);
  }

  @Test
  void anOlderCopyInAMirrorIsRewritten() throws IOException {
    var keystore = rotated(folder.seal());
    Files.copy(folder.file(), all.resolve("older"));
    keystore.destroy(1);
    Files.write(mirror.resolve(TokenSeal.FILE), Files.readAllBytes(all.resolve("older")));

    assertWhole(folder.open(), 2);
  }

  @Test
  void aFirstStartThatWasCutOffIsRepeated() throws IOException {
    folder.disk().fault = Fault.FULL;
    assertThatThrownBy(folder::open).hasMessageContaining("No space left on device");
    assertThat(folder.file()).doesNotExist();
    assertThat(folder.hsm().names()).isEmpty();
    folder.disk().fault = Fault.NONE;
    var seal = folder.seal();
    seal.cut = Cut.BEFORE;
    assertThatThrownBy(() -> folder.open(seal)).hasMessage("cut off before");

    var keystore = folder.open();

    assertThat(folder.content().epochKeys()).containsOnlyKeys(1);
    keystore.prepare(first());
    keystore.activate(2);
    keystore.destroy(1);
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
  }

  @Test
  void foldersThatVanishCostNoKey() throws IOException {
    var keystore = rotated(folder.seal());
    var aside = Files.createDirectory(all.resolve("aside"));
    Files.move(folder.file(), aside.resolve("main"));
    Files.move(mirror.resolve(TokenSeal.FILE), aside.resolve("mirror"));
    folder.disk().fault = Fault.FULL;

    for (var transition : List.<Runnable>of(keystore::markClaimed, () -> keystore.destroy(1))) {
      assertThatThrownBy(transition::run).isInstanceOf(KeystoreException.class);
      assertThat(keystore.healthy()).isFalse();
      assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(1, 2);
    }

    folder.disk().fault = Fault.NONE;
    Files.move(aside.resolve("main"), folder.file());
    Files.move(aside.resolve("mirror"), mirror.resolve(TokenSeal.FILE));
    assertWhole(folder.open(), 1, 2);
  }

  @Test
  void aMoveIntoATokenThatWasCutOffIsRepeated() throws IOException {
    var file = new Folder(Files.createDirectory(all.resolve("file")));
    var keystore = file.open();
    keystore.prepare(first());
    keystore.activate(2);
    var source = file.file();
    folder.disk().fault = Fault.NO_REPLACE;
    var target = new KeystoreFile(folder.place(), folder.seal(), folder.disk());
    assertThatThrownBy(() -> target.take(file.content(), source))
        .isInstanceOf(KeystoreException.class);

    folder.disk().fault = Fault.NONE;
    new KeystoreFile(folder.place(), folder.seal(), folder.disk()).take(file.content(), source);

    assertThat(folder.open().pepperFingerprint()).isEqualTo(keystore.pepperFingerprint());
    assertWhole(keystore, 1, 2);
    folder.open().destroy(1);
    assertThat(folder.epochsInToken()).containsExactly(2);
  }
}
