package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingPage;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.redis.SubjectCopies;
import dev.lethe.vault.training.Unlearning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a trainer is shown, what is kept for it, and when it is told to forget. */
final class TrainingTest extends VaultWithTrainer {
  @Test
  void onlyWhoAgreedIsShownAndOnlyWhatTheyAgreedTo() {
    people.watch(vault.caller("bob"), "title-bob");
    people.consent(vault.caller("bob"), Purpose.PERSONALIZATION, Field.HISTORY);

    var shown = trainees();

    assertThat(shown).hasSize(1);
    var opened = vault.vault().openerFor(Purpose.TRAINING).open(shown.get(0).disclosure());
    assertThat(((Opened.Fields) opened).profile().history())
        .extracting(event -> event.item())
        .containsExactly("title-ada");
    assertThat(((Opened.Fields) opened).profile().demographics()).isEmpty();
    assertThat(vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(ada)))
        .extracting(AccessLogEntry::reader, AccessLogEntry::outcome)
        .containsExactly(tuple("trainer", "disclosed"));
    assertThat(
            vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(vault.caller("bob"))))
        .isEmpty();
  }

  @Test
  void restrictedPersonIsNotShownAndNothingIsKeptOfThem() {
    var before = trainees().get(0);
    people.change(ada, StateChange.RESTRICT);

    assertThat(trainees()).isEmpty();
    assertThat(keep(before, COUNTED)).isFalse();
  }

  @Test
  void whatWasCountedIsShownAgainAlsoAfterARotation() {
    count();

    assertThat(kept(trainees().get(0))).contains(COUNTED);
    vault.rotate();
    assertThat(kept(trainees().get(0))).contains(COUNTED);
  }

  @Test
  void whoChangedMeanwhileIsNotCounted() {
    var before = trainees().get(0);
    people.watch(ada, "another");

    assertThat(keep(before, COUNTED)).isFalse();
    assertThat(trainees().get(0).contribution()).isEmpty();
  }

  @Test
  void whatWasCountedIsNotKeptUnderSomebodyElse() {
    people.settle("bob");
    var both = trainees();
    var who = both.get(0).disclosure();
    var sealed =
        vault.vault().trainingSeal().contribution(who.pseudonym(), who.life(), new byte[] {1});
    var other = both.get(1);

    List<Boolean> kept =
        vault.done(
            new VaultRequest.KeepContributions(
                List.of(
                    new Contribution(
                        other.disclosure().pseudonym(),
                        other.disclosure().life(),
                        other.version(),
                        sealed)),
                vault.deadline()));

    assertThat(kept).containsExactly(false);
  }

  @Test
  void withdrawalIsUnlearned() {
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    people.consent(ada, Purpose.TRAINING);

    assertThat(unlearned).containsExactly(Optional.of(COUNTED));
    people.consent(ada, Purpose.TRAINING, Field.HISTORY);
    assertThat(trainees().get(0).contribution()).isEmpty();
  }

  @Test
  void withdrawalWithoutATrainerPromisesWhenTheModelIsLearnedAnew() {
    count();

    ConsentGiven withdrawn = vault.done(people.deciding(ada, Purpose.TRAINING));
    ConsentGiven again = vault.done(people.deciding(ada, Purpose.TRAINING, Field.HISTORY));

    assertThat(withdrawn.modelBy()).isPresent();
    assertThat(again.modelBy()).isEmpty();
  }

  @Test
  void withdrawingFromAnotherPurposeUnlearnsNothing() {
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    people.consent(ada, Purpose.PERSONALIZATION);

    assertThat(unlearned).isEmpty();
    assertThat(kept(trainees().get(0))).contains(COUNTED);
  }

  @Test
  void forgettingAnEventUnlearnsThePerson() {
    people.watch(ada, "another");
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    people.forget(ada, "another");

    assertThat(unlearned).containsExactly(Optional.of(COUNTED));
    assertThat(trainees().get(0).contribution()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SEARCHES", "PREFERENCES"})
  void forgettingWhatElseIsLearnedFromUnlearnsThePersonToo(Field field) {
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    vault.<Integer>done(
        new VaultRequest.Forget(ada, field, ForgetFilter.EVERYTHING, OptionalLong.empty()));

    assertThat(unlearned).containsExactly(Optional.of(COUNTED));
    assertThat(trainees().get(0).contribution()).isEmpty();
  }

  @Test
  void withdrawingOneFieldUnlearnsThePersonUntilTheNextTraining() {
    people.consent(ada, Purpose.TRAINING, Field.HISTORY, Field.SEARCHES);
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    people.consent(ada, Purpose.TRAINING, Field.HISTORY);

    assertThat(unlearned).containsExactly(Optional.of(COUNTED));
    assertThat(trainees()).hasSize(1);
  }

  @Test
  void decisionsThatTakeNothingAwayUnlearnNothing() {
    people.consent(ada, Purpose.TRAINING, Field.HISTORY, Field.DEMOGRAPHICS);
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    people.consent(ada, Purpose.TRAINING, Field.HISTORY, Field.DEMOGRAPHICS);
    people.consent(ada, Purpose.TRAINING, Field.HISTORY);

    assertThat(unlearned).isEmpty();
    assertThat(kept(trainees().get(0))).contains(COUNTED);
  }

  @Test
  void aTrainerIsToldWhileOthersAreBeingServed() {
    assertThat(Stream.generate(this::page).filter(page -> !page.busy()).findFirst())
        .as("nobody is served for a moment")
        .isPresent();

    assertThat(Stream.generate(this::pageAfterwards).limit(100))
        .as("unless the machine stands still each time")
        .anyMatch(TrainingPage::busy);
  }

  private TrainingPage pageAfterwards() {
    people.watch(ada, "another");
    return page();
  }

  private TrainingPage page() {
    return vault.done(new VaultRequest.DiscloseForTraining(TrainingPage.START, vault.deadline()));
  }

  @Test
  void erasureIsUnlearnedBeforeTheKeysGo() {
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    var erasure = people.erase(ada);

    assertThat(unlearned).containsExactly(Optional.of(COUNTED));
    assertThat(erasure.modelBy()).isEmpty();
    assertThat(trainees()).isEmpty();
  }

  @Test
  void erasureWithoutATrainerPromisesWhenTheModelIsLearnedAnew() throws Exception {
    count();
    var before = Instant.now();

    var erasure = people.erase(ada);

    assertThat(erasure.modelBy().orElseThrow())
        .isBetween(
            before.plus(Unlearning.PROMISE).minusMillis(1), Instant.now().plus(Unlearning.PROMISE));
    assertThat(JWSObject.parse(erasure.inaccessible().receipt()).getPayload().toJSONObject())
        .containsKey("modelBy");
    vault.restart();
    assertThat(people.erase(ada)).isEqualTo(erasure);
  }

  @Test
  void trainerThatDoesNotKnowWhatItCountedMakesAPromiseToo() {
    trainer(asked -> Unlearn.Answer.LEARNED_ANEW);

    assertThat(people.erase(ada).modelBy()).isPresent();
    assertThat(unlearned).containsExactly(Optional.empty());
  }

  @Test
  void whoNeverDecidedAboutTrainingIsErasedWithoutAPromise() {
    people.watch(vault.caller("bob"), "title-bob");

    assertThat(people.erase(vault.caller("bob")).modelBy()).isEmpty();
  }

  @Test
  void whoWithdrewWithoutATrainerIsNotErasedWithoutAPromise() {
    count();
    people.consent(ada, Purpose.TRAINING);

    assertThat(people.erase(ada).modelBy()).isPresent();
  }

  @Test
  void whatWasCountedGoesUnderTheNewKeysOfWhatItWasCountedFrom() throws Exception {
    count();
    var redis = new SubjectCopies(vault.vertx(), folder);
    var key = redis.keys().iterator().next();
    var before = contribution(redis.copy(key));

    vault.<Long>done(new VaultRequest.Rekey(ada, "owner"));

    assertThat(contribution(redis.copy(key))).isNotEqualTo(before);
    assertThat(kept(trainees().get(0))).contains(COUNTED);
    // Who had the keys of before has none that opens it.
    redis.set(key, Sealer.CONTRIBUTION, before);
    assertThat(trainees().get(0).contribution()).isEmpty();
  }

  private static byte[] contribution(List<byte[]> hash) {
    for (int i = 0; i < hash.size(); i += 2) {
      if (new String(hash.get(i), UTF_8).equals(Sealer.CONTRIBUTION)) {
        return hash.get(i + 1);
      }
    }
    throw new AssertionError("nothing is kept of what was counted");
  }

  @Test
  void forgettingWhatIsNotCountedUnlearnsNothing() {
    count();
    trainer(asked -> Unlearn.Answer.GONE);

    vault.<Integer>done(
        new VaultRequest.Forget(
            ada, Field.DEMOGRAPHICS, ForgetFilter.EVERYTHING, OptionalLong.empty()));

    assertThat(unlearned).isEmpty();
    assertThat(kept(trainees().get(0))).contains(COUNTED);
  }

  @Test
  void modelOfADestroyedEpochDoesNotOpen() {
    var seal = vault.vault().trainingSeal();
    var old = seal.model(new byte[] {1, 2});
    assertThat(seal.model(old)).contains(new byte[] {1, 2});

    vault.rotate();

    assertThat(seal.model(old)).isEmpty();
    assertThat(seal.epoch()).isEqualTo(old.epoch() + 1);
  }
}
