package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.proof.Attack;
import dev.lethe.vault.proof.Copies;
import dev.lethe.vault.proof.Loot;
import dev.lethe.vault.proof.Source;
import dev.lethe.vault.proof.Suspects;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who holds every copy that was ever made of Redis, and today's keystore, opens nothing of whom was
 * erased before the last rotation. The same attack with the keystore of then is the control.
 */
final class DestroyedEpochTest {
  @TempDir Path folder;
  @TempDir Path elsewhere;
  private RunningVault vault;
  private RedisCopies copies;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    copies = new RedisCopies(folder, elsewhere);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  /** Stores something of everything, with the name in all of it, and consents to all of it. */
  private Caller settle(String name) {
    var caller = vault.caller(name);
    append(caller, name);
    vault.<Long>done(
        new VaultRequest.PutDocument(
            caller,
            new Demographics(Optional.empty(), Optional.of("region-" + name), Optional.empty()),
            OptionalLong.empty()));
    consent(caller, Purpose.PERSONALIZATION, Field.values());
    consent(caller, Purpose.TRAINING, Field.HISTORY);
    append(caller, name + "-again");
    return caller;
  }

  private void append(Caller caller, String name) {
    var at = Instant.now();
    events(
        caller,
        Field.HISTORY,
        new Event.Watched("title-" + name, at, OptionalDouble.empty(), OptionalDouble.empty()));
    events(caller, Field.SEARCHES, new Event.Searched("query-" + name, at));
  }

  private void events(Caller caller, Field field, Event event) {
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            caller, field, List.of(event), Optional.empty(), OptionalLong.empty()));
  }

  private void consent(Caller caller, Purpose purpose, Field... fields) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(caller, purpose, Set.of(fields), OptionalLong.empty()));
  }

  private void forget(Caller caller, String item) {
    vault.<Integer>done(
        new VaultRequest.Forget(
            caller,
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item)),
            OptionalLong.empty()));
  }

  private void erase(Caller caller) {
    vault.<Erasure>done(new VaultRequest.Erase(caller, "owner"));
  }

  private Keystore keystore() throws IOException {
    return Keystore.open(
        copies.takeKeystore(),
        "a passphrase for tests".toCharArray(),
        Clock.systemUTC(),
        new SecureRandom(),
        ReceiptSigner::newKey);
  }

  /** What opens of the copies with the keys. */
  private List<Loot> attack(Keystore keystore, Path... copies) throws IOException {
    var sources = new ArrayList<Source>();
    for (var copy : copies) {
      sources.addAll(Copies.at(copy));
    }
    var suspects = new Suspects(LedgerReading.of(Ledger.file(folder)).erasedLives());
    var loot = new ArrayList<Loot>();
    var effort = Attack.run(keystore.ring(), suspects, sources, loot::add);
    assertThat(effort.values()).isPositive();
    return loot;
  }

  private static List<Loot> of(Collection<Loot> loot, Keystore keystore, Caller caller, long life) {
    var subject = new SubjectLife(keystore.pseudonyms().of(caller.subject()), life);
    return loot.stream().filter(one -> one.subject().equals(Optional.of(subject))).toList();
  }

  private static Stream<String> texts(Collection<Loot> loot) {
    return loot.stream().map(one -> new String(one.text(), UTF_8));
  }

  private static void assertAllOpens(List<Loot> loot, String name) {
    assertThat(texts(loot))
        .anyMatch(text -> text.contains("title-" + name))
        .anyMatch(text -> text.contains("query-" + name))
        .anyMatch(text -> text.contains("region-" + name));
  }

  @Test
  void noCopyOpensWhatWasErasedBeforeTheRotation() throws IOException {
    var erased = settle("erased");
    var forgetting = settle("forgetting");
    append(forgetting, "regretted");
    var withdrawing = settle("withdrawing");
    var returning = settle("returning");
    vault.<Object>done(new VaultRequest.Disclose(erased, Purpose.PERSONALIZATION));
    var full = copies.takeRedis();

    forget(forgetting, "title-regretted");
    consent(withdrawing, Purpose.PERSONALIZATION, Field.SEARCHES);
    var reduced = copies.takeRedis();

    erase(erased);
    erase(returning);
    var back = vault.caller("returning", Instant.now().getEpochSecond() + 2);
    append(back, "returned");
    var last = copies.takeRedis();

    var keysOfThen = keystore();
    var control = attack(keysOfThen, full, reduced, last);
    assertAllOpens(of(control, keysOfThen, erased, 1), "erased");
    assertAllOpens(of(control, keysOfThen, forgetting, 1), "forgetting");
    assertAllOpens(of(control, keysOfThen, withdrawing, 1), "withdrawing");
    assertAllOpens(of(control, keysOfThen, returning, 1), "returning");
    assertThat(texts(of(control, keysOfThen, returning, 2))).anyMatch(t -> t.contains("returned"));
    assertThat(texts(control)).anyMatch(text -> text.contains("title-regretted"));
    assertThat(control).extracting(Loot::purpose).contains(Purpose.values());
    assertThat(history(of(control, keysOfThen, withdrawing, 1))).isNotEmpty();

    vault.rotate();
    var keysOfToday = keystore();
    assertThat(attack(keysOfToday, full, reduced, last)).isEmpty();

    var fresh = copies.takeRedis();
    var loot = attack(keysOfToday, full, reduced, last, fresh);
    assertThat(of(loot, keysOfToday, erased, 1)).isEmpty();
    assertThat(of(loot, keysOfToday, returning, 1)).isEmpty();
    assertThat(texts(of(loot, keysOfToday, returning, 2))).anyMatch(t -> t.contains("returned"));
    assertAllOpens(of(loot, keysOfToday, forgetting, 1), "forgetting");
    assertAllOpens(of(loot, keysOfToday, withdrawing, 1), "withdrawing");
    assertThat(texts(loot)).noneMatch(text -> text.contains("title-regretted"));
    assertThat(history(of(loot, keysOfToday, withdrawing, 1))).isEmpty();
  }

  /** What the personalization grants of somebody open of their history. */
  private static List<Loot> history(List<Loot> loot) {
    return loot.stream()
        .filter(one -> one.purpose() == Purpose.PERSONALIZATION)
        .filter(one -> one.place().startsWith("history."))
        .toList();
  }

  @Test
  void whatIsErasedAfterTheRotationWaitsForTheNext() throws IOException {
    var early = settle("early");
    var staying = settle("staying");
    var first = copies.takeRedis();
    vault.rotate();
    var second = copies.takeRedis();
    erase(early);

    var between = keystore();
    var open = attack(between, first, second);
    assertAllOpens(of(open, between, early, 1), "early");

    vault.rotate();
    var after = keystore();
    assertThat(attack(after, first, second)).isEmpty();
    var loot = attack(after, first, second, copies.takeRedis());
    assertThat(of(loot, after, early, 1)).isEmpty();
    assertAllOpens(of(loot, after, staying, 1), "staying");
  }
}
