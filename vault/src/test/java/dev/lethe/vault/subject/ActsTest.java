package dev.lethe.vault.subject;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import dev.lethe.vault.profile.SealedSubject;
import dev.lethe.vault.redis.RedisFixture;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which acts are carried out in what is stored, told by places and by versions. */
final class ActsTest {
  private static final long LED_TO = 5;

  @TempDir Path folder;
  private Ledger ledger;
  private Acts acts;

  @BeforeEach
  void recordAWithdrawal() {
    var signer = new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of());
    ledger = Ledger.open(folder, Clock.systemUTC(), signer);
    acts = new Acts(ledger.index());
    record(new LedgerEntry.EpochCreated(1));
    record(new LedgerEntry.Withdraw("p", 1, LED_TO, Purpose.TRAINING, Set.of()));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void record(LedgerEntry entry) {
    RedisFixture.await(ledger.append(entry));
  }

  private List<Long> unseen(long version, String seen) {
    var stored =
        new SealedSubject(
            new SubjectLife("p", 1), version, 1, Map.of("seen", seen.getBytes(US_ASCII)));
    return acts.unseen(stored).stream().map(NumberedAct::number).toList();
  }

  @Test
  void aPlaceCountsWhateverTheVersion() {
    assertThat(unseen(LED_TO + 9, "1")).containsExactly(2L);
    assertThat(unseen(LED_TO - 1, "2")).isEmpty();
  }

  @Test
  void aPlaceBehindTheEndOfTheLedgerIsOfAnotherLedger() {
    assertThat(unseen(LED_TO - 1, "3")).as("as if it had no place").containsExactly(2L);
    assertThat(unseen(LED_TO, "3")).isEmpty();
  }
}
