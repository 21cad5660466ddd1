package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Exposure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.redis.RedisFixture;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Rotations as the security team steers them, over a real Redis. */
@Timeout(120)
final class RotationTest {
  @TempDir private Path folder;
  private RunningVault vault;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  @Test
  void pausedRotationDestroysNothingUntilItIsResumed() {
    var ada = viewer("ada");
    var rotation = begin();

    var paused = pause(rotation);

    assertThat(paused.state()).isEqualTo(Rotation.State.PAUSED);
    assertThat(paused.pausedUntil()).isPresent();
    assertThat(epoch(1).state()).isNotEqualTo("destroyed");
    assertThat(vault.refusal(new VaultRequest.StartRotation("tester", "again", vault.deadline())))
        .isEqualTo(Refusal.CONFLICT);
    vault.restart();
    assertThat(find(rotation.id()).state()).isEqualTo(Rotation.State.PAUSED);

    vault.<Rotation>done(new VaultRequest.ResumeRotation(rotation.id(), vault.deadline()));

    assertThat(complete(rotation.id()).pausedUntil()).isEmpty();
    assertThat(epoch(1).state()).isEqualTo("destroyed");
    assertThat(history(ada)).hasSize(1);
  }

  /** As managed servers do. */
  @Test
  void completesOnARedisThatDoesNotLetItsFilesBeRewritten() {
    RedisFixture.command(folder, "ACL", "SETUSER", "default", "-bgrewriteaof");
    var ada = viewer("ada");
    var bob = viewer("bob");
    var erased = vault.<Erasure>done(new VaultRequest.Erase(bob, "owner"));

    vault.rotate();

    assertThat(epoch(1).state()).isEqualTo("destroyed");
    assertThat(history(ada)).hasSize(1);
    var erasure =
        vault.<Erasure>done(new VaultRequest.ReadErasure(erased.erasureId(), vault.deadline()));
    assertThat(erasure.unrecoverable().reached()).isPresent();
    assertThat(erasure.purged()).isEmpty();
    RedisFixture.command(folder, "ACL", "SETUSER", "default", "+bgrewriteaof");
  }

  @Test
  void vaultStopsWhileARotationWaits() {
    vault.close();
    vault = new RunningVault(folder, Clock.systemUTC(), Duration.ofDays(1));
    viewer("ada");
    var id = vault.startRotation();
    vault.when(id, rotation -> rotation.state() == Rotation.State.SETTLING);
    RunningVault.await(vault.vertx().timer(2, TimeUnit.SECONDS)); // the grace has begun

    vault.restart();

    assertThat(find(id).state()).isNotEqualTo(Rotation.State.COMPLETE);
  }

  @Test
  void whoWritesDuringARekeyingIsRekeyedToo() {
    var ada = viewer("ada");
    var before = keysInUse(ada);
    var rotation = vault.<Rotation>done(new VaultRequest.Compromised(1, vault.deadline()));

    vault.when(rotation.id(), now -> now.state() != Rotation.State.DISTRIBUTING);
    watch(renewed(ada));

    complete(rotation.id());
    assertThat(keysInUse(ada)).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(history(ada)).hasSize(2);
  }

  @Test
  void pauseEndsInTimeForWhatWasPromisedToTheErased() {
    var ada = viewer("ada");
    var erased = vault.<dev.lethe.vault.api.Erasure>done(new VaultRequest.Erase(ada, "tester"));

    var paused = pause(begin());

    assertThat(paused.pausedUntil().orElseThrow())
        .isBefore(erased.unrecoverable().by().orElseThrow());
  }

  @Test
  void completeRotationIsNeitherPausedNorResumed() {
    var rotation = vault.rotate();

    assertThat(vault.refusal(new VaultRequest.PauseRotation(rotation.id(), vault.deadline())))
        .isEqualTo(Refusal.CONFLICT);
    assertThat(vault.refusal(new VaultRequest.ResumeRotation("none", vault.deadline())))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void compromisedEpochGivesEverybodyNewFieldKeysAndLosesNobody() {
    var ada = viewer("ada");
    var before = keysInUse(ada);

    var rotation = vault.<Rotation>done(new VaultRequest.Compromised(1, vault.deadline()));

    assertThat(rotation.rekey()).isTrue();
    complete(rotation.id());
    assertThat(history(ada)).hasSize(1);
    assertThat(keysInUse(ada)).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(consents(ada)).isEqualTo(Set.of(Field.HISTORY));
  }

  @Test
  void compromisedEpochIsAnsweredAfterTheRotationUnderWay() {
    viewer("ada");
    var under = begin();
    pause(under);

    var following = vault.<Rotation>done(new VaultRequest.Compromised(1, vault.deadline()));

    assertThat(following.fromEpoch()).isEqualTo(under.toEpoch());
    vault.<Rotation>done(new VaultRequest.ResumeRotation(under.id(), vault.deadline()));
    assertThat(complete(following.id()).toEpoch()).isEqualTo(under.toEpoch() + 1);
    assertThat(epoch(2).state()).isEqualTo("destroyed");
  }

  @Test
  void epochThatNeverWasIsNotCompromised() {
    assertThat(vault.refusal(new VaultRequest.Compromised(7, vault.deadline())))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  /** As a process that hung meanwhile left it. */
  @Test
  void rotationThatOthersWentBeyondKeepsNoneWaiting() {
    var ada = viewer("ada");
    vault.rotate();
    vault.rotate();
    vault.close();
    var late = RotationRecord.begin("late", "scheduled", 1, Instant.now(), false);
    keystore().saveRotation(() -> late);
    vault = new RunningVault(folder);

    complete(late.id());

    assertThat(vault.rotate().toEpoch()).isEqualTo(4);
    assertThat(history(ada)).hasSize(1);
  }

  /** The folder's keystore, as another process has it. */
  private Keystore keystore() {
    return Keystore.open(
        folder.resolve("keystore"),
        "a passphrase for tests".toCharArray(),
        Clock.systemUTC(),
        new SecureRandom(),
        ReceiptSigner::newKey);
  }

  private void rotateElsewhere(Keystore keystore, int from) {
    var rotation = RotationRecord.begin("of " + from, "test", from, Instant.now(), false);
    keystore.prepare(rotation);
    keystore.activate(from + 1);
    keystore.destroy(from);
    keystore.saveRotation(() -> rotation.complete(Instant.now()));
  }

  /** Who came back under the old epoch meanwhile would be lost with its keys. */
  @Test
  void wordOfRedisThatAnEpochIsGoneDestroysNothing() {
    vault.crash().set(ProtocolStep.DESTRUCTION_INTENDED);
    var id = vault.startRotation();
    RunningVault.await(vault.crash().met());
    RedisFixture.command(folder, "HSET", "lethe:nodes", "oldest", "2");
    var logger = (Logger) LoggerFactory.getLogger("dev.lethe.vault.rotation.RotationRunner");
    var logged = new ListAppender<ILoggingEvent>();
    vault.close();
    logged.start();
    logger.addAppender(logged);

    vault = new RunningVault(folder);
    vault.when(id, now -> now.state() == Rotation.State.COMPLETE || !logged.list.isEmpty());

    logger.detachAppender(logged);
    assertThat(find(id).state()).isEqualTo(Rotation.State.DESTROYING);
    assertThat(epoch(1).state()).isEqualTo("retiring");
    assertThat(keystore().ring().key(1, Purpose.SELF)).isPresent();
    assertThat(logged.list.get(0).getFormattedMessage()).contains("keys of epoch 1 are not here");
  }

  @Test
  void rotationThatIsRefusedByTheKeystoreIsNotKept() {
    vault.vault().nodes().stop(); // as if it hung
    var keystore = keystore();
    rotateElsewhere(keystore, 1);
    rotateElsewhere(keystore, 2);

    assertThat(
            vault.<Rotation>ask(new VaultRequest.StartRotation("tester", "late", vault.deadline())))
        .isNotInstanceOf(Outcome.Done.class);
    vault.vault().nodes().start();

    assertThat(vault.rotate().toEpoch()).isEqualTo(4);
  }

  @Test
  void exposureCountsWhoStoodUnderTheEpochAndWhatItsKeysOpen() {
    viewer("ada");
    var bob = viewer("bob");
    vault.<Object>done(new VaultRequest.Erase(bob, "tester"));
    vault.rotate();
    var carol = vault.caller("carol");
    watch(carol);

    assertThat(exposure(1, Purpose.SELF)).isEqualTo(exposed(1, 1));
    assertThat(exposure(1, Purpose.PERSONALIZATION)).isEqualTo(exposed(1, 1));
    assertThat(exposure(1, Purpose.TRAINING)).isEqualTo(new Exposure(1, Map.of(), 1));
    assertThat(exposure(2, Purpose.SELF)).isEqualTo(exposed(2, 0));
  }

  private static Exposure exposed(long people, long erased) {
    return new Exposure(people, Map.of(Field.HISTORY, people), erased);
  }

  private Exposure exposure(int epoch, Purpose purpose) {
    return vault.done(
        new VaultRequest.CountExposure(
            epoch,
            purpose,
            Instant.EPOCH,
            Instant.parse("2100-01-01T00:00:00Z"),
            vault.deadline()));
  }

  /** Somebody with one title watched, who agreed to be ranked for by it. */
  private Caller viewer(String name) {
    var caller = vault.caller(name);
    vault.<Object>done(
        new VaultRequest.PutConsent(
            caller, Purpose.PERSONALIZATION, Set.of(Field.HISTORY), OptionalLong.empty()));
    watch(caller);
    return caller;
  }

  private void watch(Caller caller) {
    var event =
        new Event.Watched("m-1", Instant.now(), OptionalDouble.empty(), OptionalDouble.empty());
    vault.<Object>done(
        new VaultRequest.AppendEvents(
            caller, Field.HISTORY, List.of(event), Optional.empty(), OptionalLong.empty()));
  }

  private List<Event.Watched> history(Caller caller) {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(renewed(caller)))
        .profile()
        .history();
  }

  /** The ids of the field keys that seal what the ranker is handed. */
  private List<Integer> keysInUse(Caller caller) {
    var answer =
        vault.<DisclosureAnswer>done(
            new VaultRequest.Disclose(renewed(caller), Purpose.PERSONALIZATION));
    return ((DisclosureAnswer.Disclosed) answer)
        .disclosure().sealed().stream()
            .map(segment -> ByteBuffer.wrap(segment.blob()).getInt(1))
            .toList();
  }

  private Set<Field> consents(Caller caller) {
    return vault
        .<Consents>done(new VaultRequest.ReadConsents(renewed(caller)))
        .purposes()
        .getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE)
        .fields();
  }

  /** The same person, with time for another question. */
  private Caller renewed(Caller caller) {
    return vault.caller(caller.subject().subject());
  }

  private Rotation begin() {
    return vault.done(new VaultRequest.StartRotation("tester", "test", vault.deadline()));
  }

  private Rotation pause(Rotation rotation) {
    return vault.done(new VaultRequest.PauseRotation(rotation.id(), vault.deadline()));
  }

  private Rotation find(String id) {
    return vault.done(new VaultRequest.ReadRotation(id, vault.deadline()));
  }

  private Keys.Epoch epoch(int number) {
    return vault.<Keys>done(new VaultRequest.ReadKeys(vault.deadline())).epochs().get(number - 1);
  }

  private Rotation complete(String id) {
    var rotation = find(id);
    while (rotation.state() != Rotation.State.COMPLETE) {
      RunningVault.await(vault.vertx().timer(20, TimeUnit.MILLISECONDS));
      rotation = find(id);
    }
    return rotation;
  }
}
