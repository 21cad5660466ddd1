package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * People whose grants a release has sealed that did not say what they have seen of the ledger: what
 * is stored of them is compared with it by version, until they change.
 */
final class FormerGrantTest {
  private static final String SEEN = "seen";

  @TempDir Path folder;
  private RunningVault vault;
  private SubjectCopies copies;
  private Caller ada;
  private String key = "";

  @BeforeEach
  void start() throws IOException {
    vault = new RunningVault(folder);
    copies = new SubjectCopies(vault.vertx(), folder);
    ada = vault.caller("ada");
    watch("kept");
    watch("one");
    consent(Field.HISTORY, Field.SEARCHES);
    key = copies.keys().iterator().next();
  }

  @AfterEach
  void stop() {
    copies.close();
    vault.close();
  }

  private void watch(String item) {
    var at = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            ada,
            Field.HISTORY,
            List.of(new Event.Watched(item, at, OptionalDouble.empty(), OptionalDouble.empty())),
            Optional.empty(),
            OptionalLong.empty()));
  }

  private void consent(Field... fields) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            ada, Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  private void forget(String item) {
    vault.<Integer>done(
        new VaultRequest.Forget(
            ada,
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item)),
            OptionalLong.empty()));
  }

  private void assertShown(Set<Field> consents, String... items) {
    assertThat(
            vault
                .<Consents>done(new VaultRequest.ReadConsents(ada))
                .purposes()
                .getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE)
                .fields())
        .isEqualTo(consents);
    assertThat(vault.<ProfileView>done(new VaultRequest.ReadProfile(ada)).profile().history())
        .extracting(Event.Watched::item)
        .containsExactlyInAnyOrder(items);
  }

  private Optional<String> seen() {
    var copy = copies.copy(key);
    for (int i = 0; i < copy.size(); i += 2) {
      if (new String(copy.get(i), US_ASCII).equals(SEEN)) {
        return Optional.of(new String(copy.get(i + 1), US_ASCII));
      }
    }
    return Optional.empty();
  }

  /** Without the byte behind the terms of each decision that says that nothing is promised. */
  private static byte[] withoutPromises(byte[] text) {
    var terms = "expressed";
    var latin = new String(text, ISO_8859_1);
    assertThat(latin).as("decisions of now").contains(terms + "\0");
    return latin.replace(terms + "\0", terms).getBytes(ISO_8859_1);
  }

  /** What is stored, as the release before would have stored it. */
  private List<byte[]> asBefore() {
    var keystore =
        Keystore.open(
            folder.resolve("keystore"),
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
    var subject = new SubjectLife(key.substring("s:{".length(), key.length() - 1), 1);
    var sealer = new Sealer(new SecureRandom());
    var former = new ArrayList<byte[]>();
    var copy = copies.copy(key);
    for (int i = 0; i < copy.size(); i += 2) {
      var name = new String(copy.get(i), US_ASCII);
      var value = copy.get(i + 1);
      if (name.equals("g.self")) {
        int epoch = Sealer.grantEpoch(value);
        var epochKey = keystore.ring().key(epoch, Purpose.SELF).orElseThrow();
        var text = sealer.openGrant(epochKey, Purpose.SELF, subject, value);
        assertThat(text[0]).as("the format").isEqualTo((byte) 4);
        text = withoutPromises(Arrays.copyOf(text, text.length - Long.BYTES));
        text[0] = 2;
        value =
            sealer.sealGrant(
                epochKey, Purpose.SELF, subject, epoch, Sealer.grantVersion(value), text);
      }
      if (!name.equals(SEEN)) {
        former.add(copy.get(i));
        former.add(value);
      }
    }
    return former;
  }

  @Test
  void whatTheyHaveSeenByTheirVersionIsNotDoneOnceMore() {
    forget("one");
    consent(Field.SEARCHES);
    watch("one");
    consent(Field.HISTORY, Field.SEARCHES);
    copies.putBack(key, asBefore());

    assertShown(Set.of(Field.HISTORY, Field.SEARCHES), "kept", "one");
    assertThat(seen()).isEmpty();
    watch("two");
    assertThat(seen()).map(Long::valueOf).hasValueSatisfying(seen -> assertThat(seen).isPositive());
    vault.restart();
    assertShown(Set.of(Field.HISTORY, Field.SEARCHES), "kept", "one", "two");
  }

  @Test
  void anOlderCopyLosesWhatWasTakenAwayLater() {
    var former = asBefore();
    forget("one");
    consent(Field.SEARCHES);

    copies.putBack(key, former);

    assertShown(Set.of(Field.SEARCHES), "kept");
    assertThat(seen()).isPresent();
  }

  @Test
  void aRotationGivesThemTheirNumber() {
    forget("one");
    copies.putBack(key, asBefore());

    vault.rotate();

    assertThat(seen()).isPresent();
    assertShown(Set.of(Field.HISTORY, Field.SEARCHES), "kept");
  }
}
