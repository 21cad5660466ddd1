package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.keys.KeystoreAccess.TokenChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands between a keystore and its token: each is one line, and nothing is lost by it. */
final class TokenRefusalTest {
  @TempDir Path path;
  private SoftHsm hsm;

  @BeforeEach
  void takeToken() {
    hsm = SoftHsm.token();
  }

  private Keystore open(KeystoreAccess access) {
    return Keystore.open(
        KeystorePlace.in(path),
        access,
        Clock.systemUTC(),
        new SecureRandom(),
        random -> Folder.RECEIPT_KEY.clone());
  }

  private void refused(KeystoreAccess access, String line) {
    assertThatThrownBy(() -> open(access)).isInstanceOf(KeystoreException.class).hasMessage(line);
  }

  @Test
  void aWrongPinIsTriedOnce() throws IOException {
    var installation = open(hsm.access()).installationId();
    var before = Files.readAllBytes(path.resolve(TokenSeal.FILE));
    var marker = path.resolve(KeystorePlace.REFUSED_PIN);
    hsm.logOut();

    refused(
        hsm.access("a wrong PIN"),
        "the token "
            + hsm.label()
            + " refuses the PIN: give the right one; this one is not tried again, because tokens"
            + " lock");
    var again =
        "the token "
            + hsm.label()
            + " refused this PIN before, so it is not tried again: give the right one, or, if the"
            + " PIN was set to this one since, remove "
            + marker;
    refused(hsm.access("a wrong PIN"), again);
    refused(hsm.access("a wrong PIN"), again);
    assertThat(Files.readString(marker, StandardCharsets.ISO_8859_1)).doesNotContain("a wrong PIN");
    assertThatThrownBy(() -> open(hsm.access("another wrong PIN")))
        .hasMessageContaining("refuses the PIN");

    assertThat(path.resolve(TokenSeal.FILE)).hasBinaryContent(before);
    assertThat(open(hsm.access()).installationId()).isEqualTo(installation);
    assertThat(marker).doesNotExist();
  }

  @Test
  void aTokenThatIsNotThereIsNamed() {
    open(hsm.access());

    assertThatThrownBy(
            () ->
                open(
                    new KeystoreAccess.Token(
                        hsm.library(), new TokenChoice.Labelled("elsewhere"), SoftHsm.PIN)))
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith(
            "there is no token elsewhere in " + hsm.library() + ", which shows token-")
        .hasMessageEndingWith(": attach or initialise it, or name another");
    assertThatThrownBy(
            () ->
                open(
                    new KeystoreAccess.Token(
                        hsm.library(), new TokenChoice.InSlot(7), SoftHsm.PIN)))
        .hasMessageStartingWith("there is no token in slot 7 in ");
  }

  @Test
  void aTokenIsFoundByItsSlotToo() {
    var installation = open(hsm.access()).installationId();
    var bySlot =
        new KeystoreAccess.Token(hsm.library(), new TokenChoice.InSlot(hsm.slot()), SoftHsm.PIN);

    assertThat(open(bySlot).installationId()).isEqualTo(installation);
  }

  @Test
  void aLibraryThatIsNoneIsNamed() throws IOException {
    var choice = hsm.access().choice();
    var missing = path.resolve("missing.so");
    refused(
        new KeystoreAccess.Token(missing, choice, SoftHsm.PIN),
        "there is no PKCS#11 library at "
            + missing
            + ": install it, or name another with keystore.pkcs11.library");

    var text = Files.writeString(path.resolve("text.so"), "no library");
    assertThatThrownBy(() -> open(new KeystoreAccess.Token(text, choice, SoftHsm.PIN)))
        .isInstanceOf(KeystoreException.class)
        .hasMessageStartingWith("the PKCS#11 library " + text + " does not start: ")
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  @Test
  void aTokenOfAnotherInstallationIsRefused() throws IOException {
    var installation = open(hsm.access()).installationId();
    var before = Files.readAllBytes(path.resolve(TokenSeal.FILE));
    var other = SoftHsm.token();
    new TokenFolder(other, Files.createDirectory(path.resolve("other"))).open();
    var names = other.names();

    refused(
        other.access(),
        "the token "
            + other.label()
            + " holds no key of the installation that "
            + path.resolve(TokenSeal.FILE)
            + " belongs to: name the right token, or put the right file back");

    assertThat(path.resolve(TokenSeal.FILE)).hasBinaryContent(before);
    assertThat(other.names()).isEqualTo(names);
    assertThat(open(hsm.access()).installationId()).isEqualTo(installation);
  }

  @Test
  void installationsShareATokenWithoutTouchingEachOther() throws IOException {
    var one = new TokenFolder(hsm, Files.createDirectory(path.resolve("one")));
    var two = new TokenFolder(hsm, Files.createDirectory(path.resolve("two")));
    var first = one.open();
    var second = two.open();
    first.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    first.activate(2);
    first.destroy(1);

    assertThat(two.open().ring().key(1, Purpose.SELF))
        .isPresent()
        .isEqualTo(second.ring().key(1, Purpose.SELF));
    assertThat(one.open().ring().key(1, Purpose.SELF)).isEmpty();
  }

  @Test
  void aKeystoreOfAnotherTypeIsNotPassedOver() throws IOException {
    var passphrase = new KeystoreAccess.Passphrase(Folder.PASSPHRASE);
    open(passphrase);
    var line =
        "there is a keystore of another type, %s: use its type, or export it, move it away and"
            + " import it";
    refused(hsm.access(), line.formatted(path.resolve(BcfksSeal.FILE)));
    assertThat(hsm.names()).isEmpty();

    Files.delete(path.resolve(BcfksSeal.FILE));
    open(hsm.access());
    refused(passphrase, line.formatted(path.resolve(TokenSeal.FILE)));
  }

  @Test
  void aTokenThatVanishesStopsTransitionsAndNothingElse() throws IOException {
    var keystore = open(hsm.access());
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    var before = Files.readAllBytes(path.resolve(TokenSeal.FILE));
    assertThat(keystore.healthy()).isTrue();

    hsm.vanish();

    assertThat(keystore.healthy()).isFalse();
    assertThatThrownBy(() -> keystore.destroy(1))
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("token " + hsm.label())
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    assertThat(keystore.ring().key(1, Purpose.SELF)).isPresent();
    assertThat(keystore.ring().key(2, Purpose.SELF)).isPresent();
    assertThat(keystore.ring().epochs().get(0).state()).isEqualTo(EpochState.RETIRING);
    assertThat(path.resolve(TokenSeal.FILE)).hasBinaryContent(before);
  }

  @Test
  void aTokenThatEndsItsSessionsStopsTransitionsUntilARestart() {
    var keystore = open(hsm.access());
    hsm.logOut();

    assertThat(keystore.healthy()).isFalse();
    assertThatThrownBy(keystore::markClaimed)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("token " + hsm.label());
    assertThat(keystore.ring().key(1, Purpose.SELF)).isPresent();

    var restarted = open(hsm.access());
    assertThat(restarted.claimed()).isFalse();
    restarted.markClaimed();
    assertThat(restarted.healthy()).isTrue();
  }
}
