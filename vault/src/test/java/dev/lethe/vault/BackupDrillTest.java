package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.backup.Backup;
import dev.lethe.vault.backup.BackupException;
import dev.lethe.vault.backup.Restore;
import dev.lethe.vault.consent.ReceiptKeys;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.proof.Copies;
import dev.lethe.vault.proof.ErasureProof;
import dev.lethe.vault.proof.TodaysRedis;
import dev.lethe.vault.redis.BackupMark;
import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.IdentityHook;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.RunningRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup comes back with exactly the people, fields and consents that it may bring back. */
final class BackupDrillTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private RunningVault vault;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private Caller settle(String name) {
    var caller = vault.caller(name);
    watch(caller, "first-" + name);
    watch(caller, "second-" + name);
    vault.<Long>done(
        new VaultRequest.PutDocument(
            caller,
            new Demographics(Optional.empty(), Optional.of("DE"), Optional.empty()),
            OptionalLong.empty()));
    consent(caller, Field.HISTORY, Field.DEMOGRAPHICS);
    return caller;
  }

  private void watch(Caller caller, String item) {
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            caller,
            Field.HISTORY,
            List.of(
                new Event.Watched(
                    item, Instant.now(), OptionalDouble.empty(), OptionalDouble.empty())),
            Optional.empty(),
            OptionalLong.empty()));
  }

  private void consent(Caller caller, Field... fields) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            caller, Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  private void forget(Caller caller, String item) {
    vault.<Integer>done(
        new VaultRequest.Forget(
            caller,
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item)),
            OptionalLong.empty()));
  }

  private List<String> items(Caller caller) {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(caller))
        .profile()
        .history()
        .stream()
        .map(Event.Watched::item)
        .toList();
  }

  private Set<Field> consented(Caller caller) {
    return vault
        .<Consents>done(new VaultRequest.ReadConsents(caller))
        .purposes()
        .getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE)
        .fields();
  }

  private Path backup(String name) throws IOException {
    var to = elsewhere.resolve(name);
    new Backup(folder, RunningRedis.in(folder).orElseThrow(), Clock.systemUTC()).to(to);
    return to;
  }

  private Keystore keystore() {
    return Keystore.open(
        folder.resolve("keystore"),
        "a passphrase for tests".toCharArray(),
        Clock.systemUTC(),
        new SecureRandom(),
        ReceiptSigner::newKey);
  }

  private Restore restore(Path backup) {
    return new Restore(backup, folder, keystore(), folder.resolve("keystore"), Clock.systemUTC());
  }

  /** Stops, restores and starts. */
  private void bringBack(Path backup) throws IOException {
    vault.close();
    var restore = restore(backup);
    restore.carryOut(restore.plan());
    vault = new RunningVault(folder);
  }

  @Test
  void exactlyTheRightPeopleFieldsAndConsentsComeBack() throws IOException {
    var staying = settle("staying");
    var erased = settle("erased");
    var withdrawing = settle("withdrawing");
    var forgetting = settle("forgetting");
    var returning = settle("returning");
    var backup = backup("before");
    vault.<Erasure>done(new VaultRequest.Erase(erased, "owner"));
    vault.<Erasure>done(new VaultRequest.Erase(returning, "owner"));
    var back = vault.caller("returning", Instant.now().getEpochSecond() + 2);
    watch(back, "anew");
    consent(withdrawing, Field.DEMOGRAPHICS);
    forget(forgetting, "first-forgetting");
    watch(staying, "after the backup");
    var joined = settle("joined");

    vault.close();
    var plan = restore(backup).plan();
    assertThat(plan.keepsLedger()).isTrue();
    assertThat(List.of(plan.erasures(), plan.withdrawals(), plan.forgettings()))
        .containsExactly(2L, 1L, 1L);
    var aside = restore(backup).carryOut(plan);
    vault = new RunningVault(folder);

    assertThat(aside).hasSize(1).allMatch(Files::isDirectory);
    assertThat(items(staying)).containsExactly("second-staying", "first-staying");
    assertThat(consented(staying)).containsExactlyInAnyOrder(Field.HISTORY, Field.DEMOGRAPHICS);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(erased)))
        .isEqualTo(Refusal.TOKEN_REVOKED);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(back))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(joined))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(consented(withdrawing)).containsExactly(Field.DEMOGRAPHICS);
    assertThat(items(withdrawing)).hasSize(2);
    assertThat(items(forgetting)).containsExactly("second-forgetting");
  }

  @Test
  void backupIsForItsOwnerWithoutKeysAndConfirmedWithoutAFileOfRedis() throws IOException {
    settle("somebody");
    var backup = backup("first");

    try (var files = Files.list(backup)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("redis.rdb", "ledger.jsonl", "audit.jsonl", "manifest.json");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(backup.resolve("redis.rdb"))))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("redis/dump.rdb")).doesNotExist();
    var lanes = new RedisLanes(vault.vertx(), redisUri(), IdentityHook.NONE);
    assertThat(RunningVault.await(new BackupMark(lanes).read()))
        .map(BackupMark.Confirmed::epoch)
        .contains(1);
    assertThatThrownBy(() -> backup("first"))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("not empty");
  }

  private String redisUri() {
    return EmbeddedRedis.start(folder).uri();
  }

  @Test
  void backupOfADestroyedEpochIsRefusedAndProvesTheErasure() throws IOException {
    var erased = settle("erased");
    settle("staying");
    var early = backup("early");
    vault.<Erasure>done(new VaultRequest.Erase(erased, "owner"));
    assertThat(prove(early).findings())
        .extracting(ErasureProof.Finding::what)
        .contains("grant", "history", "demographics");

    vault.rotate();

    var proof = prove(early);
    assertThat(proof.findings()).isEmpty();
    assertThat(proof.opened()).isPositive();
    assertThatThrownBy(() -> restore(early).plan())
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("noise");
    var late = backup("late");
    bringBack(late);
    assertThat(items(vault.caller("staying"))).hasSize(2);
  }

  private ErasureProof.Result prove(Path copy) throws IOException {
    var ledger = LedgerReading.of(Ledger.file(folder));
    return new ErasureProof(keystore().ring(), ledger, Optional.empty())
        .attack(TodaysRedis.of(Optional.empty(), folder), Copies.at(copy));
  }

  @Test
  void rotationKeepsTheOldEpochUntilThereIsABackupUnderTheNewOne() throws IOException {
    settle("somebody");
    backup("of the old epoch");
    vault.requireBackups();
    vault.restart();

    var id = vault.startRotation();
    vault.when(id, rotation -> rotation.state() == Rotation.State.SETTLING);
    assertThat(keystore().ring().key(1, Purpose.SELF)).isPresent();
    backup("of the new epoch");

    vault.when(id, rotation -> rotation.state() == Rotation.State.COMPLETE);
    assertThat(keystore().ring().key(1, Purpose.SELF)).isEmpty();
  }

  @Test
  void damagedForeignOrRewrittenBackupIsRefused() throws IOException {
    settle("somebody");
    var backup = backup("good");
    var manifest = Files.readString(backup.resolve("manifest.json"));
    Files.writeString(
        backup.resolve("manifest.json"),
        manifest.replaceAll("\"installation\" : \"[^\"]*\"", "\"installation\" : \"other\""));
    assertThatThrownBy(() -> restore(backup).plan()).hasMessageContaining("another installation");

    Files.writeString(
        backup.resolve("manifest.json"),
        manifest.replaceAll("\"head\" : \"[^\"]*\"", "\"head\" : \"" + "f".repeat(64) + "\""));
    assertThatThrownBy(() -> restore(backup).plan()).hasMessageContaining("today's ledger");

    Files.writeString(backup.resolve("manifest.json"), manifest);
    var dump = Files.readAllBytes(backup.resolve("redis.rdb"));
    dump[dump.length / 2] ^= 1;
    Files.write(backup.resolve("redis.rdb"), dump);
    assertThatThrownBy(() -> restore(backup).plan()).hasMessageContaining("damaged");
  }

  @Test
  void lostLedgerIsTakenFromTheBackupAndThePlanSaysSo() throws IOException {
    var withdrawing = settle("withdrawing");
    consent(withdrawing, Field.HISTORY);
    var backup = backup("last");
    vault.close();
    Files.delete(Ledger.file(folder));

    var plan = restore(backup).plan();
    assertThat(plan.keepsLedger()).isFalse();
    restore(backup).carryOut(plan);
    vault = new RunningVault(folder);

    assertThat(Ledger.verify(folder, ReceiptKeys.read(folder)).fault()).isEmpty();
    assertThat(consented(withdrawing)).containsExactly(Field.HISTORY);
  }
}
