package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.keys.FaultyDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transitions of a keystore, and what stands when one cannot be written. */
final class KeystoreTest {
  @TempDir Path path;
  private Folder folder;

  @BeforeEach
  void makeFolder() {
    folder = new Folder(path);
  }

  private static Map<Purpose, KeyBytes> keys(Keystore keystore, int epoch) {
    var keys = new EnumMap<Purpose, KeyBytes>(Purpose.class);
    for (var purpose : Purpose.values()) {
      keystore.ring().key(epoch, purpose).ifPresent(key -> keys.put(purpose, key));
    }
    return keys;
  }

  @Test
  void everyTransitionIsFoundAgainWhenOpened() {
    var keystore = folder.open();
    var first = folder.open();
    assertThat(first.installationId()).isEqualTo(keystore.installationId());
    assertThat(first.pepperFingerprint()).isEqualTo(keystore.pepperFingerprint());
    assertThat(first.receiptKey()).isEqualTo(Folder.RECEIPT_KEY);
    assertThat(first.claimed()).isFalse();
    assertThat(first.ring().active()).isEqualTo(1);
    assertThat(keys(first, 1)).hasSize(3).isEqualTo(keys(keystore, 1));
    assertThat(keys(first, 1).values()).doesNotHaveDuplicates();

    keystore.markClaimed();
    assertThat(folder.open().claimed()).isTrue();

    var rotation = Folder.rotation("r-1", State.DISTRIBUTING, 1);
    assertThat(keystore.prepare(rotation)).isEqualTo(2);
    var prepared = folder.open();
    assertThat(prepared.ring().epochs())
        .extracting(EpochInfo::state)
        .containsExactly(EpochState.ACTIVE, EpochState.PREPARED);
    assertThat(prepared.ring().active()).isEqualTo(1);
    assertThat(prepared.currentRotation()).contains(rotation);
    assertThat(keys(prepared, 2)).hasSize(3).isEqualTo(keys(keystore, 2));

    keystore.activate(2);
    var activated = folder.open();
    assertThat(activated.ring().epochs())
        .extracting(EpochInfo::state)
        .containsExactly(EpochState.RETIRING, EpochState.ACTIVE);
    assertThat(activated.ring().active()).isEqualTo(2);
    assertThat(keys(activated, 1)).isEqualTo(keys(keystore, 1));

    var complete = Folder.rotation("r-1", State.COMPLETE, 1);
    keystore.saveRotation(() -> complete);
    assertThat(folder.open().currentRotation()).isEmpty();
    assertThat(folder.open().rotation("r-1")).contains(complete);

    keystore.destroy(1);
    var destroyed = folder.open();
    assertThat(destroyed.ring().epochs())
        .extracting(EpochInfo::state)
        .containsExactly(EpochState.DESTROYED, EpochState.ACTIVE);
    assertThat(destroyed.ring().epochs().get(0).destroyedAt()).contains(Folder.NOW);
    assertThat(keys(destroyed, 1)).isEmpty();
    assertThat(keys(destroyed, 2)).isEqualTo(keys(keystore, 2));
    assertThat(destroyed.pepperFingerprint()).isEqualTo(first.pepperFingerprint());
  }

  @Test
  void aRepeatedTransitionChangesNothing() throws IOException {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    var keys = keys(keystore, 2);
    keystore.prepare(Folder.rotation("r-1", State.RESEALING, 1));
    assertThat(keys(keystore, 2)).isEqualTo(keys);
    keystore.activate(2);
    keystore.destroy(1);
    keystore.markClaimed();
    var written = folder.bytes();

    keystore.activate(2);
    keystore.destroy(1);
    keystore.markClaimed();
    keystore.prepare(Folder.rotation("r-1", State.RESEALING, 1));

    assertThat(folder.bytes()).isEqualTo(written);
  }

  @Test
  void aDestroyedEpochIsGoneFromTheFileAndZeroedInMemory() {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    var doomed = keys(keystore, 1);
    var copies = folder.content().epochKeys().get(1);
    assertThat(copies).isEqualTo(doomed);

    keystore.destroy(1);

    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
    var zero = KeyBytes.copyOf(new byte[KeyBytes.LENGTH]);
    assertThat(doomed.values())
        .hasSize(3)
        .allSatisfy(
            key -> {
              assertThat(key).isEqualTo(zero);
              assertThat(key.isDestroyed()).isTrue();
              assertThatIllegalStateException().isThrownBy(() -> key.export(bytes -> bytes));
            });
    assertThat(keys(keystore, 2).values()).noneMatch(KeyBytes::isDestroyed);
  }

  @Test
  void anEpochThatIsNotPreparedIsNotActivatedAndTheActiveOneNotDestroyed() throws IOException {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    var written = folder.bytes();

    assertThatIllegalStateException().isThrownBy(() -> keystore.destroy(2));
    assertThatIllegalStateException().isThrownBy(() -> keystore.activate(1));
    assertThatIllegalStateException().isThrownBy(() -> keystore.activate(3));

    assertThat(folder.bytes()).isEqualTo(written);
    assertThat(keystore.ring().active()).isEqualTo(2);
    assertThat(keystore.healthy()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatCannotBeWrittenIsNotInForceUntilItIs(Fault fault) throws IOException {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    var old = folder.bytes();
    var keys = keys(keystore, 1);

    folder.disk().fault = fault;
    assertThatThrownBy(() -> keystore.destroy(1))
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the keystore " + folder.file());

    assertThat(keystore.healthy()).isFalse();
    assertThat(keystore.ring().epochs().get(0).state()).isEqualTo(EpochState.RETIRING);
    assertThat(keys(keystore, 1)).isEqualTo(keys);
    assertThat(keys.values()).noneMatch(KeyBytes::isDestroyed);
    if (fault != Fault.NO_FORCE) {
      assertThat(folder.bytes()).isEqualTo(old);
    }
    folder.disk().fault = Fault.NONE;
    assertThat(folder.open().ring().active()).isEqualTo(2);
    assertThat(keystore.healthy()).isFalse();

    keystore.destroy(1);
    assertThat(keystore.healthy()).isTrue();
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
    assertThat(folder.leftover()).doesNotExist();
  }

  @Test
  void aWriteUnderWayMakesItNotUnhealthy() throws Exception {
    var keystore = folder.open();
    var asked = new ArrayList<CompletableFuture<Boolean>>();
    folder.disk().beforeReplace =
        () -> {
          asked.add(CompletableFuture.supplyAsync(keystore::healthy));
          assertThatThrownBy(() -> asked.get(0).get(300, TimeUnit.MILLISECONDS))
              .as("it waits")
              .isInstanceOf(TimeoutException.class);
        };

    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));

    assertThat(asked.get(0).get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aFolderThatVanishesMakesItUnhealthy() throws IOException {
    var keystore = folder.open();
    var aside = path.resolveSibling(path.getFileName() + "-aside");
    Files.move(path, aside);
    Files.writeString(path, "not a folder");

    assertThat(keystore.healthy()).isFalse();
    assertThatThrownBy(keystore::markClaimed)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("cannot be written");
    assertThat(keystore.claimed()).isFalse();

    Files.delete(path);
    Files.move(aside, path);
    assertThat(folder.open().claimed()).isFalse();
    assertThat(keystore.healthy()).isFalse();
    keystore.markClaimed();
    assertThat(keystore.healthy()).isTrue();
    assertThat(folder.open().claimed()).isTrue();
  }

  @Test
  void whatACrashLeftBehindIsReplaced() throws IOException {
    Files.writeString(folder.leftover(), "half a keysto");
    var keystore = folder.open();
    assertThat(folder.leftover()).doesNotExist();

    Files.write(folder.leftover(), folder.bytes());
    var reopened = folder.open();
    assertThat(reopened.installationId()).isEqualTo(keystore.installationId());
    reopened.markClaimed();

    assertThat(folder.leftover()).doesNotExist();
    assertThat(folder.open().claimed()).isTrue();
  }

  @Test
  void folderAndFileAreForTheirOwnerAlone() throws IOException {
    var inside = path.resolve("data").resolve("keystore");
    var keystore =
        Keystore.open(
            inside,
            Folder.PASSPHRASE.toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            random -> Folder.RECEIPT_KEY.clone());
    keystore.markClaimed();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(inside.resolve("keystore.bcfks"))))
        .isEqualTo("rw-------");
    assertThat(Keystore.existsIn(inside)).isTrue();
    assertThat(Keystore.existsIn(path)).isFalse();
  }
}
