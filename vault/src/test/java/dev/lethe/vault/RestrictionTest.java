package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restricted data is stored, shown to its owner, and nothing else (GDPR 18). */
final class RestrictionTest {
  @TempDir Path folder;
  private RunningVault vault;
  private People people;
  private Caller ada;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    people = new People(vault);
    ada = people.settle("ada");
    people.change(ada, StateChange.RESTRICT);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private PersonImport.Result bring(Caller person, boolean append) {
    return vault.done(
        new VaultRequest.ImportSubject(
            people.admin(person),
            new PersonImport(
                List.of(),
                List.of(),
                List.of(people.document(person, "imported").document()),
                Map.of()),
            append,
            false,
            new Idempotency("file", "digest")));
  }

  @Test
  void nothingIsDisclosedAndTheOwnerSeesThatItWasRefused() {
    for (var purpose : List.of(Purpose.PERSONALIZATION, Purpose.TRAINING)) {
      assertThat(people.disclosed(ada, purpose)).isInstanceOf(DisclosureAnswer.Restricted.class);
    }

    assertThat(vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(ada)))
        .extracting(AccessLogEntry::reader, AccessLogEntry::outcome)
        .containsExactlyInAnyOrder(tuple("ranker", "refused"), tuple("trainer", "refused"));
  }

  @Test
  void withoutConsentARestrictedPersonIsNotToldFromAStranger() {
    people.consent(ada, Purpose.PERSONALIZATION);

    assertThat(people.disclosed(ada, Purpose.PERSONALIZATION))
        .isInstanceOf(DisclosureAnswer.NoConsent.class);
  }

  @Test
  void nothingIsAddedAndNothingAgreedTo() {
    people.consent(ada, Purpose.PERSONALIZATION, Field.HISTORY);
    var adding =
        List.of(
            people.watching(ada, "more"),
            people.document(ada, "elsewhere"),
            people.deciding(ada, Purpose.PERSONALIZATION, Field.HISTORY, Field.SEARCHES),
            people.deciding(ada, Purpose.PERSONALIZATION, Field.SEARCHES));

    assertThat(adding)
        .allSatisfy(request -> assertThat(vault.refusal(request)).isEqualTo(Refusal.RESTRICTED));
    assertThat(bring(ada, true)).isEqualTo(PersonImport.Result.RESTRICTED);
    assertThat(bring(ada, false)).isEqualTo(PersonImport.Result.EXISTS);
    assertThat(people.items(ada)).containsExactly("title-ada");
  }

  @Test
  void restrictionComesBeforeAStaleVersion() {
    var stale =
        new VaultRequest.PutDocument(
            ada, people.document(ada, "elsewhere").document(), OptionalLong.of(99));

    assertThat(vault.refusal(stale)).isEqualTo(Refusal.RESTRICTED);
  }

  @Test
  void theOwnerReadsExportsWithdrawsForgetsAndErases() {
    assertThat(people.items(ada)).containsExactly("title-ada");
    assertThat(vault.<Export>done(new VaultRequest.ReadExport(ada)).profile()).isPresent();
    people.consent(ada, Purpose.TRAINING);
    people.consent(ada, Purpose.PERSONALIZATION, Field.DEMOGRAPHICS);
    people.forget(ada, "title-ada");
    assertThat(people.items(ada)).isEmpty();
    vault.<Long>done(new VaultRequest.Rekey(people.admin(ada), "operator"));
    vault.rotate();
    assertThat(people.items(ada)).isEmpty();
    assertThat(people.erase(ada).held()).isFalse();
  }

  @Test
  void aRestrictionOutlivesARestartAndEndsWhenItIsLifted() {
    var since = people.change(ada, StateChange.RESTRICT).restrictedSince();
    vault.restart();
    people = new People(vault);

    assertThat(people.change(ada, StateChange.RESTRICT))
        .isEqualTo(new SubjectState(Optional.empty(), since));
    assertThat(vault.refusal(people.watching(ada, "more"))).isEqualTo(Refusal.RESTRICTED);
    assertThat(people.change(ada, StateChange.UNRESTRICT))
        .isEqualTo(new SubjectState(Optional.empty(), Optional.empty()));
    people.watch(ada, "more");
    assertThat(people.disclosed(ada, Purpose.PERSONALIZATION))
        .isInstanceOf(DisclosureAnswer.Disclosed.class);
  }

  @Test
  void aRestrictionEndsWithTheLifeAndAHoldDoesNotLiftIt() {
    people.change(ada, StateChange.HOLD);
    assertThat(vault.refusal(people.watching(ada, "more"))).isEqualTo(Refusal.RESTRICTED);
    people.erase(ada);

    var back = people.later("ada", 2);
    people.watch(back, "anew");
    assertThat(people.items(back)).containsExactly("anew");
    var figures = vault.<VaultFigures>done(new VaultRequest.ReadFigures(vault.deadline()));
    assertThat(figures.states()).isEqualTo(new VaultFigures.States(1, 0));
  }

  @Test
  void nothingIsDroppedForItsAgeWhileRestricted() {
    var bob = people.settle("bob");
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            bob,
            Field.HISTORY,
            List.of(
                new Event.Watched(
                    "long-ago",
                    Instant.now().minus(Duration.ofDays(600)),
                    OptionalDouble.empty(),
                    OptionalDouble.empty())),
            Optional.empty(),
            OptionalLong.empty()));
    assertThat(people.items(bob)).containsExactly("title-bob");

    people.change(bob, StateChange.RESTRICT);
    vault.rotate();
    assertThat(people.items(bob)).containsExactly("title-bob", "long-ago");

    people.change(bob, StateChange.UNRESTRICT);
    assertThat(people.items(bob)).containsExactly("title-bob");
    vault.rotate();
    people.change(bob, StateChange.RESTRICT);
    assertThat(people.items(bob)).containsExactly("title-bob");
  }

  @Test
  void othersAreNotConcerned() {
    var bob = people.settle("bob");
    people.watch(bob, "more");

    assertThat(people.disclosed(bob, Purpose.TRAINING))
        .isInstanceOf(DisclosureAnswer.Disclosed.class);
  }
}
