package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptKeys;
import dev.lethe.vault.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledger and audit log of a whole vault, whatever happens to their files. */
final class LedgerStoryTest {
  @TempDir Path folder;
  private RunningVault vault;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    erased("somebody");
    audited();
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private void store(Caller caller) {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            caller,
            new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty()),
            OptionalLong.empty()));
  }

  private Caller erased(String subject) {
    var caller = vault.caller(subject);
    store(caller);
    vault.<Erasure>done(new VaultRequest.Erase(caller, "owner"));
    return caller;
  }

  private void audited() {
    vault.<Long>done(
        new VaultRequest.Audit(
            new AuditName.Clear("ada"),
            "look",
            new AuditName.Clear("everything"),
            "refused",
            vault.deadline()));
  }

  private void until(BooleanSupplier condition) {
    var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private boolean ledgerUp() {
    var health = vault.<VaultHealth>done(new VaultRequest.ReadHealth(vault.deadline()));
    return Boolean.TRUE.equals(health.checks().get("ledger"));
  }

  /** Starts on what was left, which must fail; gives the reason. */
  private String refusal() {
    try {
      new RunningVault(folder).close();
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("it started");
  }

  /** Lets {@link #stop} find a vault that runs. */
  private void startAgainOn(Path file, byte[] whole) throws IOException {
    Files.write(file, whole);
    vault = new RunningVault(folder);
  }

  @Test
  void bothFilesAreSignedAndCanBeCheckedWithTheKeysBesideThem() throws Exception {
    vault.restart();
    var keys = ReceiptKeys.read(folder);

    for (var check : List.of(Ledger.verify(folder, keys), AuditLog.verify(folder, keys))) {
      assertThat(check.fault()).isEmpty();
      assertThat(check.signedUpTo()).isEqualTo(check.entries() - 1).isPositive();
    }
    assertThat(vault.<ChainCheck>done(new VaultRequest.VerifyAudit(vault.deadline())).ok())
        .isTrue();
    assertThat(Files.readString(ReceiptKeys.file(folder)))
        .isEqualTo(vault.<String>done(new VaultRequest.ReadReceiptKeys(vault.deadline())));
  }

  @Test
  void anAuditorSeesTheCheckpoints() {
    vault.restart();

    var page = vault.<AuditPage>done(new VaultRequest.ReadAudit(0, 10, vault.deadline()));

    assertThat(page.entries())
        .extracting(AuditPage.Entry::action, AuditPage.Entry::target)
        .containsExactly(tuple("look", "everything"), tuple("checkpoint", "entry 1"));
  }

  @Test
  void aMissingEmptiedOrShortenedFileIsRefused() throws Exception {
    vault.close();
    for (var file : List.of(Ledger.file(folder), AuditLog.file(folder))) {
      var whole = Files.readAllBytes(file);

      Files.delete(file);
      assertThat(refusal()).contains(file.toString(), "missing");
      Files.write(file, new byte[0]);
      assertThat(refusal()).contains(file.toString(), "missing");
      Files.write(file, firstLineOf(whole));
      assertThat(refusal()).contains(file.toString(), "entries 2 to", "missing");

      Files.write(file, whole);
    }
    vault = new RunningVault(folder);
  }

  private static byte[] firstLineOf(byte[] whole) {
    var text = new String(whole, StandardCharsets.UTF_8);
    return text.substring(0, text.indexOf('\n') + 1).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void redisKnowsWhereTheLedgerEndsWhenTheKeystoreFolderDoesNot() throws Exception {
    var file = Ledger.file(folder);
    until(() -> noted(folder.resolve("redis"), "ledger"));
    vault.close();
    var whole = Files.readAllBytes(file);
    Files.delete(folder.resolve("keystore").resolve("heads.json"));
    Files.write(file, firstLineOf(whole));

    assertThat(refusal()).contains(file.toString(), "Redis knows", "missing");

    startAgainOn(file, whole);
  }

  /** Whether the append-only file of Redis holds the end of a chain as it is now. */
  private boolean noted(Path redis, String chain) {
    try (var files = Files.walk(redis)) {
      var head = Files.readAllLines(Ledger.file(folder));
      var hash = head.get(head.size() - 1).replaceAll(".*\"hash\":\"([0-9a-f]{64})\"}$", "$1");
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains("lethe:heads") && text.contains(chain) && text.contains(hash)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anEmptyLedgerBesideAUsedKeystoreIsRefusedEvenWhenNobodyNotedItsEnd() throws Exception {
    vault.close();
    var file = Ledger.file(folder);
    var whole = Files.readAllBytes(file);
    Files.delete(folder.resolve("keystore").resolve("heads.json"));
    Files.delete(file);

    assertThat(refusal()).contains(file.toString(), "empty", "keystore");

    startAgainOn(file, whole);
  }

  @Test
  void aLedgerRemovedWhileItIsUsedStopsWhatMustBeRecordedAndNothingElse() throws Exception {
    var owner = vault.caller("owner");
    store(owner);
    var file = Ledger.file(folder);
    var whole = Files.readAllBytes(file);
    assertThat(ledgerUp()).isTrue();

    Files.delete(file);
    until(() -> !ledgerUp());

    assertThat(vault.refusal(new VaultRequest.Erase(owner, "owner")))
        .isEqualTo(Refusal.UNAVAILABLE);
    assertThat(vault.<ProfileView>done(new VaultRequest.ReadProfile(owner)).version()).isPositive();

    vault.close();
    startAgainOn(file, whole);
    assertThat(ledgerUp()).isTrue();
    vault.<Erasure>done(new VaultRequest.Erase(owner, "owner"));
  }

  @Test
  void anAuditLogEditedWhileItIsUsedShowsInReadiness() throws Exception {
    var file = AuditLog.file(folder);
    var whole = Files.readAllBytes(file);

    Files.writeString(
        file,
        Files.readString(file).replace("\"ada\"", "\"bob\""),
        StandardOpenOption.TRUNCATE_EXISTING);
    until(() -> !ledgerUp());

    assertThat(
            vault.refusal(
                new VaultRequest.Audit(
                    new AuditName.Clear("eve"),
                    "look",
                    new AuditName.Clear("everything"),
                    "done",
                    vault.deadline())))
        .isEqualTo(Refusal.UNAVAILABLE);
    vault.close();
    assertThatThrownBy(() -> new RunningVault(folder)).hasMessageContaining("entry 1");
    startAgainOn(file, whole);
  }
}
