package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one keystore, of which one may have been stopped for a while. */
final class SharedKeystoreTest {
  private static final RotationRecord ROTATION = Folder.rotation("r-1", State.DISTRIBUTING, 1);

  @TempDir Path path;
  private Folder folder;
  private Keystore one;
  private Keystore other;

  @BeforeEach
  void open() {
    folder = new Folder(path);
    one = folder.open();
    other = folder.open();
  }

  private static void rotate(Keystore keystore) {
    rotate(keystore, ROTATION.id(), 1);
  }

  private static void rotate(Keystore keystore, String id, int from) {
    var rotation = Folder.rotation(id, State.DISTRIBUTING, from);
    keystore.prepare(rotation);
    keystore.activate(from + 1);
    keystore.destroy(from);
    keystore.saveRotation(() -> rotation.complete(Folder.NOW));
  }

  @Test
  void eachStepOfTheOtherIsTakenOver() {
    var old = one.ring().key(1, Purpose.SELF).orElseThrow();
    other.prepare(ROTATION);
    one.refresh();
    assertThat(one.ring().view()).isEqualTo(new EpochView(2, 1, 1, 1));
    assertThat(one.ring().key(2, Purpose.SELF)).isEqualTo(other.ring().key(2, Purpose.SELF));
    assertThat(one.ring().key(1, Purpose.SELF).orElseThrow()).isSameAs(old);

    other.activate(2);
    one.refresh();
    assertThat(one.ring().view()).isEqualTo(new EpochView(2, 2, 2, 1));

    other.destroy(1);
    one.refresh();
    assertThat(one.ring().view()).isEqualTo(new EpochView(2, 2, 2, 2));
    assertThat(one.ring().key(1, Purpose.SELF)).isEmpty();
    assertThat(old.isDestroyed()).isTrue();
  }

  @Test
  void whatOneWritesRestsOnWhatTheOtherWrote() {
    rotate(other);

    one.markClaimed();

    assertThat(folder.content().claimed()).isTrue();
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
    assertThat(one.ring().active()).isEqualTo(2);
    assertThat(folder.content().generation()).isEqualTo(6);
  }

  @Test
  void rotationThatTheOtherCompletedStaysSo() {
    one.prepare(ROTATION);
    rotate(other);

    one.saveRotation(() -> ROTATION.in(State.RESEALING));
    one.prepare(ROTATION);

    assertThat(folder.content().rotations()).containsExactly(ROTATION.complete(Folder.NOW));
    assertThat(one.currentRotation()).isEmpty();
    assertThatIllegalStateException().isThrownBy(() -> one.destroy(2));
  }

  @Test
  void rotationThatOthersWentBeyondDoesNotBegin() {
    rotate(other, "r-2", 1);
    rotate(other, "r-3", 2);

    assertThatIllegalStateException()
        .isThrownBy(() -> one.prepare(ROTATION))
        .withMessage("no rotation to epoch 2 begins: epoch 3 is active");

    assertThat(one.ring().active()).as("what was learnt").isEqualTo(3);
    assertThat(one.currentRotation()).isEmpty();
    assertThat(folder.content().rotations())
        .extracting(RotationRecord::id)
        .containsExactly("r-2", "r-3");
  }

  @Test
  void rotationThatWaitsThoughOthersWentBeyondItEnds() {
    rotate(other, "r-2", 1);
    rotate(other, "r-3", 2);
    other.saveRotation(() -> ROTATION);

    one.prepare(ROTATION);

    assertThat(one.currentRotation()).isEmpty();
    assertThat(folder.content().rotations()).contains(ROTATION.complete(Folder.NOW));
    assertThat(folder.content().epochKeys()).containsOnlyKeys(3);
  }

  @Test
  void rotationWhoseOldEpochLivesDoesNotEnd() {
    one.prepare(ROTATION);
    other.activate(2);
    other.prepare(Folder.rotation("r-2", State.DISTRIBUTING, 2));
    other.activate(3);

    one.prepare(ROTATION);

    assertThat(one.currentRotation()).contains(ROTATION);
  }

  @Test
  void whoWasStoppedWhileItWroteLeavesWhatTheOtherWrote() throws IOException {
    var disk = new InterruptedDisk();
    var stopped =
        Keystore.open(
            new KeystoreFile(
                folder.place(), new BcfksSeal(Folder.PASSPHRASE.toCharArray(), Folder.CHEAP), disk),
            Clock.fixed(Folder.NOW, ZoneOffset.UTC),
            new SecureRandom(),
            random -> Folder.RECEIPT_KEY.clone());
    for (var moment : InterruptedDisk.Moment.values()) {
      disk.next = Optional.of(moment);
      disk.meanwhile =
          () -> other.saveRotation(() -> Folder.rotation("of " + moment, State.RESEALING, 1));

      assertThatThrownBy(
              () -> stopped.saveRotation(() -> Folder.rotation("late", State.RESEALING, 1)))
          .isInstanceOf(KeystoreException.class);

      assertThat(folder.content().rotations())
          .extracting(RotationRecord::id)
          .doesNotContain("late")
          .contains("of " + moment);
      assertThat(Files.exists(folder.leftover())).as("after %s", moment).isFalse();
      stopped.refresh();
    }
    stopped.saveRotation(() -> Folder.rotation("at last", State.RESEALING, 1));
    assertThat(folder.content().rotations()).hasSize(3);
  }

  @Test
  void olderStateThatIsPutBackIsNotTakenOver() throws IOException {
    var before = folder.bytes();
    rotate(one);

    Files.write(folder.file(), before);
    one.refresh();

    assertThat(one.ring().view()).isEqualTo(new EpochView(2, 2, 2, 2));
    assertThat(folder.content().epochKeys()).containsOnlyKeys(2);
  }

  @Test
  void keystoreOfAnotherInstallationIsRefused() throws IOException {
    var elsewhere = new Folder(Files.createDirectory(path.resolve("elsewhere")));
    elsewhere.open();
    Files.write(folder.file(), elsewhere.bytes());

    assertThatThrownBy(one::refresh)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("another installation");
    assertThat(one.ring().active()).isEqualTo(1);
  }

  @Test
  void copiesThatDifferAreNotTakenOver() throws IOException {
    var mirror = Files.createDirectory(path.resolve("mirror"));
    folder = new Folder(path, mirror);
    one = folder.open();
    other = folder.open();
    var before = folder.bytes();
    other.prepare(ROTATION);
    var after = folder.bytes();

    Files.write(folder.file(), before); // as if the other were still writing
    one.refresh();
    assertThat(one.ring().view().newest()).isEqualTo(1);

    Files.write(folder.file(), after);
    one.refresh();
    assertThat(one.ring().view().newest()).isEqualTo(2);
    assertThat(List.of(folder.bytes(), Files.readAllBytes(mirror.resolve("keystore.bcfks"))))
        .containsOnly(after);
  }

  @Test
  void keysOfAnEpochThatWasDestroyedElsewhereAreGivenUpWithoutTheKeystore() {
    var old = one.ring().key(1, Purpose.PERSONALIZATION).orElseThrow();

    one.ring().giveUpBefore(2);

    assertThat(old.isDestroyed()).isTrue();
    assertThat(one.ring().key(1, Purpose.PERSONALIZATION)).isEmpty();
    assertThat(one.ring().view()).isEqualTo(new EpochView(1, 1, 1, 2));
    assertThat(one.ring().lacks(1)).isTrue();
    assertThat(one.ring().destroyed(1)).isFalse();
    rotate(other);
    one.refresh();
    assertThat(one.ring().lacks(1)).isFalse();
    assertThat(one.ring().destroyed(1)).isTrue();
    assertThat(one.ring().key(2, Purpose.SELF)).isPresent();
  }

  /** A disk on which another process does something right before a step. */
  private static final class InterruptedDisk implements Disk {
    enum Moment {
      WRITE,
      REPLACE
    }

    private Optional<Moment> next = Optional.empty();
    private Runnable meanwhile = () -> {};

    private void pass(Moment moment) {
      if (next.filter(moment::equals).isPresent()) {
        next = Optional.empty();
        meanwhile.run();
      }
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return REAL.read(file);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
      pass(Moment.WRITE);
      REAL.write(file, bytes);
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
      pass(Moment.REPLACE);
      REAL.replace(file, by);
    }
  }
}
