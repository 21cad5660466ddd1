package dev.lethe.vault;

import static dev.lethe.vault.RunningVault.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Exposure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.protocol.ProtocolStep;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a legal hold changes, and for whom it changes nothing. */
final class LegalHoldTest {
  @TempDir Path folder;
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

  private List<String> states() throws IOException {
    return Files.readAllLines(Ledger.file(folder)).stream()
        .filter(line -> line.matches(".*\"kind\":\"(hold|release|restrict|unrestrict)\".*"))
        .toList();
  }

  private VaultFigures figures() {
    return vault.done(new VaultRequest.ReadFigures(vault.deadline()));
  }

  @Test
  void whileNoErasureIsAskedAHoldChangesNothingForAnybody() throws IOException {
    var zoe = people.settle("zoe");
    var before = vault.<ProfileView>done(new VaultRequest.ReadProfile(zoe));

    var held = people.change(zoe, StateChange.HOLD);
    assertThat(held.heldSince()).isPresent();
    assertThat(people.change(zoe, StateChange.HOLD)).isEqualTo(held);
    assertThat(vault.<ProfileView>done(new VaultRequest.ReadProfile(zoe))).isEqualTo(before);
    assertThat(people.disclosed(zoe, Purpose.PERSONALIZATION))
        .isInstanceOf(DisclosureAnswer.Disclosed.class);
    assertThat(figures().states()).isEqualTo(new VaultFigures.States(1, 0));

    var released = people.change(zoe, StateChange.RELEASE);
    assertThat(released).isEqualTo(new SubjectState(Optional.empty(), Optional.empty()));
    assertThat(people.change(zoe, StateChange.RELEASE)).isEqualTo(released);
    assertThat(vault.<ProfileView>done(new VaultRequest.ReadProfile(zoe))).isEqualTo(before);
    // Whose name is no hexadecimal number, as hashes are.
    assertThat(states()).hasSize(2).noneMatch(line -> line.contains("zoe"));
    assertThat(people.erase(zoe).held()).isFalse();
  }

  @Test
  void aHeldErasureIsInaccessibleToEverybodyButTheHold() {
    var ada = people.settle("ada");
    people.disclosed(ada, Purpose.PERSONALIZATION);
    people.change(ada, StateChange.HOLD);

    var erasure = people.erase(ada);
    assertThat(erasure.held()).isTrue();
    assertThat(erasure.inaccessible().receipt()).isNotEmpty();
    assertThat(erasure.purged()).isEmpty();
    assertThat(erasure.unrecoverable())
        .isEqualTo(new Erasure.Unrecoverable(Optional.empty(), Optional.empty()));
    assertThat(people.erase(ada)).isEqualTo(erasure);
    assertThat(people.erasure(erasure.erasureId())).isEqualTo(erasure);

    assertThat(vault.refusal(new VaultRequest.ReadProfile(ada))).isEqualTo(Refusal.TOKEN_REVOKED);
    var later = people.later("ada", 2);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(later))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(vault.<Export>done(new VaultRequest.ReadExport(later)).profile()).isEmpty();
    assertThat(vault.refusal(new VaultRequest.Rekey(people.admin(ada), "operator")))
        .isEqualTo(Refusal.NOT_FOUND);
    for (var purpose : List.of(Purpose.PERSONALIZATION, Purpose.TRAINING)) {
      assertThat(people.disclosed(later, purpose)).isInstanceOf(DisclosureAnswer.NoConsent.class);
    }

    var kept = people.held(ada);
    assertThat(kept)
        .singleElement()
        .satisfies(
            life -> {
              assertThat(life.life()).isEqualTo(1);
              assertThat(life.erasureId()).contains(erasure.erasureId());
              assertThat(life.export().consents().purposes()).isNotEmpty();
              assertThat(life.export().receipts()).hasSize(2);
            });
    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    assertThat(figures().pending()).isEqualTo(new VaultFigures.Pending(0, 1, 1));
    assertThat(vault.<Keys>done(new VaultRequest.ReadKeys(vault.deadline())).erasuresPending())
        .isEqualTo(1);
  }

  @Test
  void readingForTheHoldIsInTheAccessLogOfWhoLives() {
    var ada = people.settle("ada");
    assertThat(vault.refusal(people.reading(ada))).isEqualTo(Refusal.NOT_FOUND);
    people.change(ada, StateChange.HOLD);

    assertThat(people.held(ada))
        .singleElement()
        .extracting(HeldLife::erasureId)
        .isEqualTo(Optional.empty());
    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    assertThat(vault.<Export>done(new VaultRequest.ReadExport(ada)).accessLog())
        .filteredOn(entry -> entry.reader().equals("admin"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.count()).isEqualTo(2))
        .satisfies(entry -> assertThat(entry.fields()).contains(Field.HISTORY));
  }

  @Test
  void nobodyErasedOrUnknownCanBeHeldOrRestricted() throws IOException {
    var nobody = vault.caller("nobody");
    var gone = people.settle("gone");
    people.erase(gone);

    for (var change : StateChange.values()) {
      assertThat(vault.refusal(people.changing(nobody, change))).isEqualTo(Refusal.NOT_FOUND);
    }
    for (var change : List.of(StateChange.HOLD, StateChange.RESTRICT)) {
      assertThat(vault.refusal(people.changing(gone, change))).isEqualTo(Refusal.NOT_FOUND);
    }
    for (var change : List.of(StateChange.RELEASE, StateChange.UNRESTRICT)) {
      assertThat(people.change(gone, change))
          .isEqualTo(new SubjectState(Optional.empty(), Optional.empty()));
    }
    assertThat(vault.refusal(people.reading(gone))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(states()).isEmpty();
  }

  @Test
  void releasingCarriesOutWhatWaited() {
    var ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
    var waiting = people.erase(ada);
    assertThat(people.change(ada, StateChange.HOLD).heldSince()).isPresent();

    assertThat(people.change(ada, StateChange.RELEASE).heldSince()).isEmpty();
    assertThat(people.change(ada, StateChange.RELEASE).heldSince()).isEmpty();

    var erasure = people.erasure(waiting.erasureId());
    assertThat(erasure.held()).isFalse();
    assertThat(erasure.inaccessible()).isEqualTo(waiting.inaccessible());
    assertThat(erasure.unrecoverable().by()).isPresent();
    assertThat(vault.refusal(people.reading(ada))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(vault.refusal(people.changing(ada, StateChange.HOLD))).isEqualTo(Refusal.NOT_FOUND);
    assertThat(figures().states().held()).isZero();
  }

  @Test
  @Timeout(60)
  void aReleaseThatFailedHalfWayIsFinishedWithoutARestartOrAnybodyAsking() {
    var ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
    var waiting = people.erase(ada);
    vault.crash().set(ProtocolStep.SUBJECT_REMOVED);
    assertThatThrownBy(() -> people.change(ada, StateChange.RELEASE))
        .hasMessageContaining("UNAVAILABLE");
    assertThat(people.erasure(waiting.erasureId()).held()).isTrue();

    vault.crash().clear();

    while (people.erasure(waiting.erasureId()).held()) {
      await(vault.vertx().timer(100, TimeUnit.MILLISECONDS));
    }
    assertThat(people.erasure(waiting.erasureId()).unrecoverable().by()).isPresent();
  }

  /** What befalls a person's data in Redis. */
  private enum Loss {
    GONE,
    DAMAGED
  }

  @ParameterizedTest
  @EnumSource
  void whatTheLedgerKnowsEndsWhateverBefellTheData(Loss loss) throws IOException {
    var ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
    people.change(ada, StateChange.RESTRICT);
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      var key = redis.keys().iterator().next();
      if (loss == Loss.GONE) {
        redis.putBack(key, List.of());
      } else {
        redis.set(key, "g.self", new byte[] {1, 2, 3});
      }
    }

    assertThat(people.change(ada, StateChange.RELEASE).heldSince()).isEmpty();
    assertThat(people.change(ada, StateChange.UNRESTRICT))
        .isEqualTo(new SubjectState(Optional.empty(), Optional.empty()));
    assertThat(figures().states()).isEqualTo(new VaultFigures.States(0, 0));
  }

  @Test
  void aHoldEndsWhoeverLivesUnreadablySinceTheErasure() throws IOException {
    var ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
    var waiting = people.erase(ada);
    people.watch(people.later("ada", 2), "anew");
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      var living = redis.keys().stream().filter(key -> !key.contains(":held.")).toList();
      redis.set(living.get(0), "g.self", new byte[] {1, 2, 3});
    }

    assertThat(people.change(ada, StateChange.RELEASE).heldSince()).isEmpty();
    assertThat(people.change(ada, StateChange.RELEASE).heldSince()).isEmpty();
    assertThat(people.erasure(waiting.erasureId()).held()).isFalse();
  }

  @Test
  void whoComesBackWhileHeldIsSomebodyNewAndEachLifeIsKept() {
    var ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
    var first = people.erase(ada);
    var back = people.later("ada", 2);
    people.watch(back, "anew");
    assertThat(people.items(back)).containsExactly("anew");
    assertThat(people.disclosed(back, Purpose.PERSONALIZATION))
        .isInstanceOf(DisclosureAnswer.NoConsent.class);
    assertThat(people.heldItems(ada)).containsExactly("title-ada", "anew");
    assertThat(people.held(ada)).extracting(HeldLife::life).containsExactly(1L, 2L);

    var second = people.erase(back);
    assertThat(second.held()).isTrue();
    assertThat(second.erasureId()).isNotEqualTo(first.erasureId());
    var third = people.later("ada", 4);
    people.watch(third, "once more");
    assertThat(people.heldItems(ada)).containsExactly("title-ada", "anew", "once more");
    vault.restart();
    people = new People(vault);

    people.change(ada, StateChange.RELEASE);
    for (var erasure : List.of(first, second)) {
      assertThat(people.erasure(erasure.erasureId()).unrecoverable().by()).isPresent();
    }
    assertThat(people.items(third)).containsExactly("once more");
    assertThat(vault.refusal(people.reading(ada))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void anErasureOnAConditionWaitsForTheHoldToo() {
    var ada = people.settle("ada");
    long version = vault.<ProfileView>done(new VaultRequest.ReadProfile(ada)).version();
    people.change(ada, StateChange.HOLD);

    assertThat(vault.refusal(eraseAt(ada, version + 1))).isEqualTo(Refusal.STALE_VERSION);
    assertThat(people.items(ada)).containsExactly("title-ada");
    var erasure = vault.<Erasure>done(eraseAt(ada, version));
    assertThat(erasure.held()).isTrue();
    assertThat(vault.refusal(new VaultRequest.ReadProfile(ada))).isEqualTo(Refusal.TOKEN_REVOKED);
    vault.restart();
    people = new People(vault);

    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    people.change(ada, StateChange.RELEASE);
    assertThat(people.erasure(erasure.erasureId()).unrecoverable().by()).isPresent();
  }

  @Test
  void whoIsHeldAndLivesAgainIsOnePersonExposed() {
    var ada = people.settle("ada");
    people.settle("bob");
    people.change(ada, StateChange.HOLD);
    people.erase(ada);
    var back = people.later("ada", 2);
    vault.<Long>done(people.document(back, "anew"));

    var exposure =
        vault.<Exposure>done(
            new VaultRequest.CountExposure(
                1, Purpose.SELF, Instant.EPOCH, Instant.now(), vault.deadline()));
    assertThat(exposure.people()).isEqualTo(2);
    assertThat(exposure.fields())
        .containsEntry(Field.HISTORY, 2L)
        .containsEntry(Field.DEMOGRAPHICS, 2L);
  }

  private static VaultRequest.Erase eraseAt(Caller caller, long version) {
    return new VaultRequest.Erase(caller, "owner", OptionalLong.of(version));
  }

  @Test
  void whoIsHeldCountsAsExposed() {
    var ada = people.settle("ada");
    people.settle("bob");
    people.change(ada, StateChange.HOLD);
    people.erase(ada);

    var exposure =
        vault.<Exposure>done(
            new VaultRequest.CountExposure(
                1, Purpose.SELF, Instant.EPOCH, Instant.now(), vault.deadline()));
    assertThat(exposure.people()).isEqualTo(2);
    assertThat(exposure.fields()).containsEntry(Field.HISTORY, 2L);
    assertThat(exposure.erased()).isZero();
  }
}
