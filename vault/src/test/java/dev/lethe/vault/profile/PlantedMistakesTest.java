package dev.lethe.vault.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.proof.AofCommand;
import dev.lethe.vault.proof.Attack;
import dev.lethe.vault.proof.Loot;
import dev.lethe.vault.proof.Source;
import dev.lethe.vault.proof.Suspects;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way of leaving something of an erased person readable is found, wherever it was put. */
final class PlantedMistakesTest {
  private static final SubjectLife ERASED = new SubjectLife("erased", 1);
  private static final SubjectLife AGAIN = new SubjectLife("erased", 2);
  private static final SubjectLife LIVE = new SubjectLife("live", 1);
  private static final Suspects SUSPECTS = new Suspects(Map.of("erased", 1L));

  @TempDir Path folder;
  private final Sealer sealer = new Sealer(new SecureRandom());
  private final FieldKey key = sealer.newFieldKey(Field.HISTORY, 1, id -> false);
  private final FieldKey documentKey = sealer.newFieldKey(Field.DEMOGRAPHICS, 0, id -> false);
  private final List<AofCommand> written = new ArrayList<>();
  private Keystore keystore;

  @BeforeEach
  void open() {
    keystore =
        Keystore.open(
            folder,
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
  }

  private byte[] grant(SubjectLife subject, FieldKey... keys) {
    return grant(
        keystore.ring().key(1, Purpose.PERSONALIZATION).orElseThrow(), subject, List.of(keys));
  }

  private byte[] grant(KeyBytes epochKey, SubjectLife subject, List<FieldKey> keys) {
    return sealer.sealGrant(
        epochKey, Purpose.PERSONALIZATION, subject, 1, 7, GrantCodec.encodeKeys(keys));
  }

  private byte[] segment(FieldKey with, SubjectLife subject, long number) {
    return sealer.sealSegment(with, subject, number, new byte[] {1, 0, 0, 0, 0});
  }

  private void write(Object... words) {
    var all = new ArrayList<byte[]>();
    for (var word : words) {
      all.add(word instanceof byte[] bytes ? bytes : word.toString().getBytes(UTF_8));
    }
    written.add(new AofCommand(all));
  }

  private List<Loot> attack() throws IOException {
    var source =
        new Source() {
          @Override
          public String name() {
            return "a copy";
          }

          @Override
          public void read(Consumer<AofCommand> visitor) {
            written.forEach(visitor);
          }
        };
    var loot = new ArrayList<Loot>();
    Attack.run(keystore.ring(), SUSPECTS, List.of(source), loot::add);
    return loot;
  }

  private List<String> foundOf(SubjectLife subject) throws IOException {
    return attack().stream()
        .filter(one -> one.subject().equals(Optional.of(subject)))
        .map(Loot::what)
        .distinct()
        .toList();
  }

  @Test
  void withoutItsEpochNothingOpens() throws IOException {
    var destroyed = KeyBytes.random(new SecureRandom());
    write("HSET", "s:{erased}", "g.personalization", grant(destroyed, ERASED, List.of(key)));
    write("HSET", "s:{erased}", "history.1", segment(key, ERASED, 1));
    var other = sealer.newFieldKey(Field.HISTORY, 1, id -> id == key.id());
    write("HSET", "s:{live}", "g.personalization", grant(LIVE, other));
    write("HSET", "s:{live}", "history.1", segment(other, LIVE, 1));

    assertThat(foundOf(ERASED)).isEmpty();
    assertThat(foundOf(LIVE)).containsExactly("grant", "history");
  }

  @Test
  void grantUnderAnotherNameIsFoundAndOpensTheOldSegments() throws IOException {
    write("SET", "forgotten", grant(ERASED, key));
    write("HSET", "s:{erased}", "history.3", segment(key, ERASED, 3));

    assertThat(foundOf(ERASED)).containsExactly("grant", "history");
  }

  @Test
  void grantInSomebodyElsesHashIsFound() throws IOException {
    write("HSET", "s:{live}", "g.personalization", grant(ERASED, key));

    assertThat(foundOf(ERASED)).containsExactly("grant");
    assertThat(foundOf(LIVE)).isEmpty();
  }

  @Test
  void segmentThatALiveGrantStillOpensIsFound() throws IOException {
    write("HSET", "s:{erased}", "g.personalization", grant(AGAIN, key, documentKey));
    write("HSET", "s:{erased}", "history.9", segment(key, ERASED, 9));
    write("HSET", "s:{erased}", "demographics", segment(documentKey, ERASED, 12));

    assertThat(foundOf(ERASED)).containsExactly("history", "demographics");
    assertThat(foundOf(AGAIN)).containsExactly("grant");
  }

  @Test
  void segmentThatSomebodyElsesGrantOpensIsFound() throws IOException {
    write("HSET", "s:{live}", "g.personalization", grant(LIVE, key));
    write("HSET", "s:{erased}", "history.9", segment(key, ERASED, 9));

    assertThat(foundOf(ERASED)).containsExactly("history");
  }

  @Test
  void whatFailsItsTagIsReadAllTheSame() throws IOException {
    var broken = segment(key, ERASED, 9);
    broken[broken.length - 1] ^= 1;
    write("HSET", "s:{live}", "g.personalization", grant(LIVE, key));
    write("HSET", "s:{erased}", "history.9", broken);

    assertThat(foundOf(ERASED)).containsExactly("history");
  }

  @Test
  void accessLogOfTheErasedIsFoundUnderAnyName() throws IOException {
    var accessKey = sealer.newKey();
    var self = SelfGrant.begin(accessKey, 0);
    var epochKey = keystore.ring().key(1, Purpose.SELF).orElseThrow();
    write(
        "HSET",
        "s:{erased}",
        "g.self",
        sealer.sealGrant(epochKey, Purpose.SELF, ERASED, 1, 7, GrantCodec.encode(self)));
    write(
        "RPUSH", "elsewhere", sealer.sealNote(accessKey, "access", ERASED, new byte[] {'[', ']'}));

    assertThat(foundOf(ERASED)).containsExactly("grant", "access-log");
  }

  @Test
  void whoCameBackIsNotTakenForTheErased() throws IOException {
    write("HSET", "s:{erased}", "g.personalization", grant(AGAIN, key, documentKey));
    write("HSET", "s:{erased}", "history.1", segment(key, AGAIN, 1));
    write("HSET", "s:{erased}", "demographics", segment(documentKey, AGAIN, 2));

    assertThat(foundOf(ERASED)).isEmpty();
    assertThat(foundOf(AGAIN)).containsExactly("grant", "history", "demographics");
  }
}
