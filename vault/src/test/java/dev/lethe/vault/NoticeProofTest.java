package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.NoticeDelivery.Answer;
import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.notice.ScriptedReceiver;
import dev.lethe.vault.proof.Copies;
import dev.lethe.vault.proof.ErasureProof;
import dev.lethe.vault.proof.Loot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receiver that is away while keys are rotated, and a thief of the copies of Redis. */
@Timeout(120)
final class NoticeProofTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final ScriptedReceiver receiver = new ScriptedReceiver("crm");
  private RunningVault vault;
  private RedisCopies copies;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    vault.tell(receiver);
    vault.restart();
    copies = new RedisCopies(folder, elsewhere);
    receiver.down();
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private void store(String name) {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            vault.caller(name),
            new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty()),
            OptionalLong.empty()));
  }

  private ErasureProof.Result attack(Path copy) throws Exception {
    var keystore =
        Keystore.open(
            copies.takeKeystore(),
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
    return new ErasureProof(
            keystore.ring(), LedgerReading.of(Ledger.file(folder)), Optional.empty())
        .attack(List.of(), Copies.at(copy));
  }

  private long waiting() {
    return vault
        .<VaultFigures>done(new VaultRequest.ReadFigures(vault.deadline()))
        .notices()
        .waiting();
  }

  @Test
  void waitingNoticeOutlivesARotationAndItsOldCopiesDoNot() throws Exception {
    store("ada");
    store("bob");
    var erasure = vault.<Erasure>done(new VaultRequest.Erase(vault.caller("ada"), "tester"));
    assertThat(erasure.notices())
        .extracting(NoticeState::receiver, NoticeState::state)
        .containsExactly(tuple("crm", NoticeState.State.WAITING));
    var old = copies.takeRedis();
    assertThat(attack(old).findings())
        .as("control: before the rotation it opens")
        .extracting(ErasureProof.Finding::what)
        .contains(Loot.NOTICE);

    vault.rotate();

    assertThat(attack(old).findings()).isEmpty();
    var fresh = copies.takeRedis();
    assertThat(attack(fresh).findings())
        .as("what waits still opens, and is said")
        .extracting(ErasureProof.Finding::what)
        .containsExactly(Loot.NOTICE);
    assertThat(
            vault
                .<ProfileView>done(new VaultRequest.ReadProfile(vault.caller("bob")))
                .profile()
                .demographics())
        .as("others are served while a receiver is away")
        .isPresent();

    vault.restart();
    assertThat(waiting()).isEqualTo(1);
    receiver.answers(new Answer.Acknowledged());
    while (waiting() > 0) {
      RunningVault.await(vault.vertx().timer(20, TimeUnit.MILLISECONDS));
    }

    var after =
        vault.<Erasure>done(new VaultRequest.ReadErasure(erasure.erasureId(), vault.deadline()));
    assertThat(after.notices())
        .extracting(NoticeState::state)
        .containsExactly(NoticeState.State.ACKNOWLEDGED);
    vault.rotate();
    assertThat(attack(fresh).findings()).isEmpty();
    assertThat(Set.copyOf(receiver.pushed)).as("one and the same token").hasSize(1);
  }
}
