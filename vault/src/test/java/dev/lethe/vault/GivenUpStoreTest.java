package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.backup.Backup;
import dev.lethe.vault.backup.Restore;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.redis.RunningRedis;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was taken away stays away, and nothing else goes, also where versions of a person say
 * nothing about which of two states is the later one.
 */
final class GivenUpStoreTest {
  private static final int MOST_RACES = 2_000;

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

  private static VaultRequest watching(Caller caller, String item) {
    var at = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    return new VaultRequest.AppendEvents(
        caller,
        Field.HISTORY,
        List.of(new Event.Watched(item, at, OptionalDouble.empty(), OptionalDouble.empty())),
        Optional.empty(),
        OptionalLong.empty());
  }

  private void watch(Caller caller, String item) {
    vault.<Integer>done(watching(caller, item));
  }

  private void consent(Caller caller, Field... fields) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            caller, Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  private static VaultRequest forgetting(Caller caller, String item, OptionalLong ifMatch) {
    return new VaultRequest.Forget(
        caller,
        Field.HISTORY,
        new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item)),
        ifMatch);
  }

  private ProfileView profile(Caller caller) {
    return vault.<ProfileView>done(new VaultRequest.ReadProfile(caller));
  }

  private List<String> items(Caller caller) {
    return profile(caller).profile().history().stream().map(Event.Watched::item).toList();
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

  /** Stops, restores and starts: the store of until now is given up. */
  private void bringBack(Path backup) throws IOException {
    vault.close();
    var keystore =
        Keystore.open(
            folder.resolve("keystore"),
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
    var restore =
        new Restore(backup, folder, keystore, folder.resolve("keystore"), Clock.systemUTC());
    restore.carryOut(restore.plan());
    vault = new RunningVault(folder);
  }

  @Test
  void aBackupWithLaterVersionsBringsNothingBackAndLosesNothingElse() throws IOException {
    var ada = vault.caller("ada");
    watch(ada, "regretted");
    consent(ada, Field.HISTORY, Field.SEARCHES);
    var early = backup("early");
    for (var item : List.of("one", "two", "three", "four")) {
      watch(ada, item);
    }
    var late = backup("late");

    bringBack(early);
    consent(ada, Field.SEARCHES);
    vault.<Integer>done(forgetting(ada, "regretted", OptionalLong.empty()));
    bringBack(late);

    assertThat(consented(ada)).containsExactly(Field.SEARCHES);
    assertThat(items(ada)).containsExactly("four", "three", "two", "one");

    consent(ada, Field.HISTORY, Field.SEARCHES);
    watch(ada, "regretted");
    vault.restart();
    assertThat(consented(ada)).containsExactlyInAnyOrder(Field.HISTORY, Field.SEARCHES);
    assertThat(items(ada)).containsExactly("regretted", "four", "three", "two", "one");
  }

  @Test
  void aNoToWhatTheStoreDoesNotHoldCountsForTheOneThatWasGivenUp() throws IOException {
    var ada = vault.caller("ada");
    watch(ada, "one");
    var early = backup("early");
    consent(ada, Field.HISTORY);
    watch(ada, "two");
    var late = backup("late");

    bringBack(early);
    consent(ada);
    assertThat(vault.<Integer>done(forgetting(ada, "two", OptionalLong.empty()))).isZero();
    bringBack(late);

    assertThat(consented(ada)).isEmpty();
    assertThat(items(ada)).containsExactly("one");
  }

  @Test
  void whoComesAnewInALifeThatTheStoreHasLostKeepsWhatTheyDoNow() throws IOException {
    try (var copies = new SubjectCopies(vault.vertx(), folder)) {
      var ada = vault.caller("ada");
      watch(ada, "one");
      vault.<Integer>done(forgetting(ada, "one", OptionalLong.empty()));
      var key = copies.keys().iterator().next();
      copies.putBack(key, List.of()); // a replica that never had them takes over

      watch(ada, "one");

      assertThat(items(ada)).containsExactly("one");
    }
  }

  @Test
  void whatLostItsRaceIsNotCarriedOutLater() {
    var ada = vault.caller("ada");
    int races = 0;
    while (lapsed() == 0 && races < MOST_RACES) {
      var item = "title-" + races++;
      watch(ada, item);
      var version = OptionalLong.of(profile(ada).version());
      var adding = CompletableFuture.supplyAsync(() -> vault.ask(watching(ada, "other")));
      Outcome<Integer> forgotten = vault.ask(forgetting(ada, item, version));
      assertThat(adding.join()).isInstanceOf(Outcome.Done.class);

      if (forgotten instanceof Outcome.Done<Integer> done) {
        assertThat(done.value()).isEqualTo(1);
        assertThat(items(ada)).doesNotContain(item);
      } else {
        assertThat(forgotten).isEqualTo(Outcome.refused(Refusal.STALE_VERSION));
        assertThat(items(ada)).contains(item);
      }
    }
    assertThat(lapsed()).as("lapsed in %d races", races).isPositive();
  }

  private long lapsed() {
    var count = new AtomicLong();
    LedgerReading.of(
        Ledger.file(folder),
        (entry, content) ->
            content
                .filter(LedgerEntry.ActLapsed.class::isInstance)
                .ifPresent(lapsed -> count.incrementAndGet()));
    return count.get();
  }
}
