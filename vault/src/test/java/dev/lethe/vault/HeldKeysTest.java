package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import dev.lethe.vault.backup.Backup;
import dev.lethe.vault.backup.Restore;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.proof.Copies;
import dev.lethe.vault.proof.ErasureProof;
import dev.lethe.vault.proof.Source;
import dev.lethe.vault.proof.TodaysRedis;
import dev.lethe.vault.redis.RunningRedis;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hold keeps goes along with the epochs, and is out of every copy when it is over. */
final class HeldKeysTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private RunningVault vault;
  private People people;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    people = new People(vault);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private Keystore keystore() {
    return Keystore.open(
        folder.resolve("keystore"),
        "a passphrase for tests".toCharArray(),
        Clock.systemUTC(),
        new SecureRandom(),
        ReceiptSigner::newKey);
  }

  private ErasureProof.Result prove(Path... copies) throws IOException {
    var sources = new ArrayList<Source>();
    for (var copy : copies) {
      sources.addAll(Copies.at(copy));
    }
    return new ErasureProof(
            keystore().ring(), LedgerReading.of(Ledger.file(folder)), Optional.empty())
        .attack(TodaysRedis.of(Optional.empty(), folder), sources);
  }

  private static String heldKey(SubjectCopies copies) {
    return copies.keys().stream().filter(key -> key.contains(":held.")).findFirst().orElseThrow();
  }

  private static List<String> names(List<byte[]> hash) {
    var names = new ArrayList<String>();
    for (int i = 0; i < hash.size(); i += 2) {
      names.add(new String(hash.get(i), UTF_8));
    }
    return names;
  }

  private Caller heldAndErased(String name) {
    var person = people.settle(name);
    people.change(person, StateChange.HOLD);
    people.erase(person);
    return person;
  }

  @Test
  void theHoldReadsAfterTwoRotationsAndNobodyDoesOnceItIsOver() throws IOException {
    people.settle("bob");
    var ada = people.settle("ada");
    var copies = new RedisCopies(folder, elsewhere);
    var before = copies.takeRedis();
    people.change(ada, StateChange.HOLD);
    var erasure = people.erase(ada);
    var held = copies.takeRedis();

    vault.rotate();
    vault.rotate();
    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    assertThat(people.erasure(erasure.erasureId()).unrecoverable().reached()).isEmpty();
    var rotated = copies.takeRedis();
    var waiting = prove(before, held, rotated);
    assertThat(waiting.attacked()).isZero();
    assertThat(waiting.held()).isEqualTo(1);
    assertThat(waiting.findings())
        .isNotEmpty()
        .allMatch(finding -> finding.held() && finding.epoch() == 3);
    assertThat(waiting.findings()).extracting(ErasureProof.Finding::what).contains("history");

    people.change(ada, StateChange.RELEASE);
    var released = prove(before, held, rotated);
    assertThat(released.attacked()).isEqualTo(1);
    assertThat(released.held()).isZero();
    assertThat(released.findings()).isNotEmpty().noneMatch(ErasureProof.Finding::held);

    vault.rotate();
    assertThat(prove(before, held, rotated, copies.takeRedis()).findings()).isEmpty();
    assertThat(people.erasure(erasure.erasureId()).unrecoverable().reached()).isPresent();
  }

  @Test
  void noGrantIsKeptButTheOwnersWhateverRotates() throws IOException {
    var ada = heldAndErased("ada");
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      var key = heldKey(redis);
      assertThat(names(redis.copy(key)))
          .contains("g.self")
          .noneMatch(name -> name.startsWith("g.") && !name.equals("g.self"))
          .doesNotContain("erasure");

      vault.rotate();
      var started = vault.<Rotation>done(new VaultRequest.Compromised(2, vault.deadline()));
      vault.when(started.id(), rotation -> rotation.state() == Rotation.State.COMPLETE);

      assertThat(names(redis.copy(key)))
          .contains("g.self")
          .noneMatch(name -> name.startsWith("g.") && !name.equals("g.self"));
      assertThat(people.heldItems(ada)).containsExactly("title-ada");
    }
  }

  @Test
  void aBackupFromBeforeIsTakenToTheHoldWithoutWhatWasForgottenMeanwhile() throws IOException {
    var ada = people.settle("ada");
    people.watch(ada, "regretted");
    var backup = backup("alive");
    people.forget(ada, "regretted");
    people.consent(ada, Purpose.TRAINING);
    people.change(ada, StateChange.HOLD);
    var erasure = people.erase(ada);

    bringBack(backup);

    assertThat(vault.refusal(new VaultRequest.ReadProfile(people.later("ada", 2))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    assertThat(people.held(ada).get(0).export().receipts().size()).isPositive();
    assertThat(people.erasure(erasure.erasureId())).isEqualTo(erasure);
    people.change(ada, StateChange.RELEASE);
    assertThat(people.erasure(erasure.erasureId()).held()).isFalse();
  }

  @Test
  void aBackupOfAHoldThatIsOverBringsNothingBack() throws IOException {
    var ada = heldAndErased("ada");
    var backup = backup("held");
    people.change(ada, StateChange.RELEASE);

    bringBack(backup);

    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      assertThat(redis.keys()).noneMatch(key -> key.contains(":held."));
    }
    assertThat(vault.refusal(people.reading(ada))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void whatIsKeptWeighsMoreThanACopyPutBackBesideIt() throws IOException {
    var ada = people.settle("ada");
    people.watch(ada, "regretted");
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      var key = redis.keys().iterator().next();
      var old = redis.copy(key);
      people.forget(ada, "regretted");
      people.change(ada, StateChange.HOLD);
      people.erase(ada);
      var kept = redis.copy(heldKey(redis));

      redis.putBack(key, old);
      assertThat(vault.refusal(new VaultRequest.ReadProfile(people.later("ada", 2))))
          .isEqualTo(Refusal.NOT_FOUND);
      assertThat(people.heldItems(ada)).containsExactly("title-ada");

      people.change(ada, StateChange.RELEASE);
      redis.putBack(key + ":held.1", kept);
      vault.rotate();
      assertThat(redis.keys()).containsExactly(key);
    }
  }

  private Path backup(String name) throws IOException {
    var to = elsewhere.resolve(name);
    new Backup(folder, RunningRedis.in(folder).orElseThrow(), Clock.systemUTC()).to(to);
    return to;
  }

  /** Stops, restores and starts. */
  private void bringBack(Path backup) throws IOException {
    vault.close();
    var restore =
        new Restore(backup, folder, keystore(), folder.resolve("keystore"), Clock.systemUTC());
    restore.carryOut(restore.plan());
    vault = new RunningVault(folder);
    people = new People(vault);
  }
}
