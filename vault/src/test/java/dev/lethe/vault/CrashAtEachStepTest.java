package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.protocol.ProtocolStep;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A vault that crashes right behind each step of its two protocols, and is started again. */
@Timeout(240)
final class CrashAtEachStepTest {
  @TempDir Path folder;
  private RunningVault vault;
  private Caller erased;
  private Caller staying;
  private Caller withdrawn;

  @BeforeEach
  void settle() {
    vault = new RunningVault(folder);
    erased = settle("erased");
    staying = settle("staying");
    withdrawn = settle("withdrawn");
    consent(withdrawn);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private Caller settle(String name) {
    var caller = vault.caller(name);
    store(caller, name);
    consent(caller, Field.DEMOGRAPHICS);
    return caller;
  }

  private void store(Caller caller, String region) {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            caller,
            new Demographics(Optional.empty(), Optional.of(region), Optional.empty()),
            OptionalLong.empty()));
  }

  private void consent(Caller caller, Field... fields) {
    vault.<Object>done(
        new VaultRequest.PutConsent(
            caller, Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  /** The same person with a token and a deadline of now. */
  private Caller renewed(Caller caller) {
    return vault.caller(caller.subject().subject(), caller.token().issuedAt());
  }

  private void assertTheOthersLostNothing() {
    assertThat(region(staying)).contains("staying");
    assertThat(region(withdrawn)).contains("withdrawn");
    assertThat(consented(staying)).containsExactly(Field.DEMOGRAPHICS);
    assertThat(consented(withdrawn)).isEmpty();
  }

  private Optional<String> region(Caller caller) {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(renewed(caller)))
        .profile()
        .demographics()
        .flatMap(Demographics::region);
  }

  private Set<Field> consented(Caller caller) {
    return vault
        .<Consents>done(new VaultRequest.ReadConsents(renewed(caller)))
        .purposes()
        .getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE)
        .fields();
  }

  private Refusal asked(Caller caller) {
    return vault.refusal(new VaultRequest.ReadProfile(renewed(caller)));
  }

  private Erasure erase(Caller caller) {
    return vault.done(new VaultRequest.Erase(renewed(caller), "owner"));
  }

  private Erasure when(Erasure erasure, Predicate<Erasure> far) {
    var request = new VaultRequest.ReadErasure(erasure.erasureId(), vault.deadline());
    var seen = vault.<Erasure>done(request);
    while (!far.test(seen)) {
      RunningVault.await(vault.vertx().timer(20, TimeUnit.MILLISECONDS));
      seen = vault.done(request);
    }
    return seen;
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ERASURE_INTENDED",
        "SUBJECT_REMOVED",
        "ERASURE_RECORDED",
        "FILES_REWRITTEN",
        "PURGE_RECORDED"
      })
  void anErasureThatWasBegunIsCarriedThrough(ProtocolStep step) {
    vault.crash().set(step);
    vault.ask(new VaultRequest.Erase(erased, "owner"));
    RunningVault.await(vault.crash().met());

    vault.restart();

    assertThat(asked(erased)).isIn(Refusal.TOKEN_REVOKED, Refusal.NOT_FOUND);
    var back = vault.caller("erased", Instant.now().getEpochSecond() + 2);
    var erasure = erase(back);
    assertThat(when(erasure, seen -> seen.purged().isPresent()).erasureId())
        .isEqualTo(erasure.erasureId());
    assertTheOthersLostNothing();

    store(back, "back");
    vault.restart();
    assertThat(region(back)).contains("back");
    assertThat(vault.refusal(new VaultRequest.Erase(renewed(erased), "owner")))
        .isEqualTo(Refusal.TOKEN_REVOKED);
    assertThat(region(back)).contains("back");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {"ERASURE_.*", "SUBJECT_.*", "FILES_.*", "PURGE_.*"})
  void aRotationGoesOnAndWhoWasErasedStaysSo(ProtocolStep step) {
    var erasure = erase(erased);
    vault.crash().set(step);
    var id = vault.startRotation();
    RunningVault.await(vault.crash().met());

    vault.restart();

    assertTheOthersLostNothing();
    assertThat(vault.when(id, seen -> seen.state() == State.COMPLETE).toEpoch()).isEqualTo(2);
    assertThat(when(erasure, seen -> seen.unrecoverable().reached().isPresent()).erasureId())
        .isEqualTo(erasure.erasureId());
    assertThat(asked(erased)).isIn(Refusal.TOKEN_REVOKED, Refusal.NOT_FOUND);
    assertTheOthersLostNothing();
  }
}
