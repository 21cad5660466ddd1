package dev.lethe.vault.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.Keystore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NoticeSealTest {
  private static final SubjectLife LIFE = new SubjectLife("p", 3);
  private static final Content CONTENT =
      new Content(
          new SubjectRef("https://issuer.example", "ada \"quoted\""),
          LIFE,
          Optional.of(Purpose.TRAINING),
          Set.of(Field.HISTORY, Field.SEARCHES));

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private final Sealer sealer = new Sealer(random);
  private final Notice notice = notice("n", LIFE);
  private Keystore keystore;
  private NoticeSeal seal;

  @BeforeEach
  void open() {
    keystore =
        Keystore.open(
            folder,
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            random,
            ReceiptSigner::newKey);
    seal = new NoticeSeal(keystore, sealer);
  }

  private static Notice notice(String id, SubjectLife life) {
    return new Notice(
        id, "crm", Notice.Event.WITHDRAWN, life, "act", Instant.parse("2026-11-01T00:00:00Z"));
  }

  @Test
  void whatIsSealedOpensInItsPlaceAlone() {
    var blob = seal.seal(notice, CONTENT, 1);

    assertThat(seal.open(notice, blob)).isEqualTo(CONTENT);
    assertUnreadable(notice("another", LIFE), blob);
    assertUnreadable(notice("n", new SubjectLife("q", 3)), blob);
    assertUnreadable(notice("n", new SubjectLife("p", 4)), blob);
  }

  @Test
  void everyFlippedBitIsRefused() {
    var blob = seal.seal(notice, CONTENT, 1);
    for (int bit = 0; bit < blob.length * 8; bit++) {
      var flipped = blob.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertUnreadable(notice, flipped);
    }
    assertUnreadable(notice, new byte[0]);
  }

  @Test
  void noticeIsNotTakenForAGrantNorAGrantForANotice() {
    var self = keystore.ring().key(1, Purpose.SELF).orElseThrow();
    var blob = seal.seal(notice, CONTENT, 1);
    var grant = sealer.sealGrant(self, Purpose.SELF, LIFE, 1, 1, CONTENT.encode());

    assertThatThrownBy(() -> sealer.openGrant(self, Purpose.SELF, LIFE, blob))
        .isInstanceOf(UnreadableException.class);
    assertUnreadable(notice, grant);
  }

  @Test
  void noticeReadsAsItWasStored() {
    assertThat(Notice.of("n", notice.about())).isEqualTo(notice);
    for (var damaged :
        List.of(
            "null",
            "[]",
            "7",
            "{}",
            "{",
            notice.about().replace("\"life\":", "\"other\":"),
            notice.about().replace("\"pseudonym\":", "\"other\":"))) {
      assertThatThrownBy(() -> Notice.of("n", damaged)).isInstanceOf(UnreadableException.class);
    }
    assertThatThrownBy(() -> Notice.of("n", notice.about().replace("\"v\":1", "\"v\":2")))
        .isInstanceOf(IllegalStateException.class);
  }

  private void assertUnreadable(Notice of, byte[] blob) {
    assertThatThrownBy(() -> seal.open(of, blob)).isInstanceOf(UnreadableException.class);
  }
}
