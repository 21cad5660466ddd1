package dev.lethe.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultClient;
import io.vertx.core.Promise;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankerVerticleTest extends RankerOnTheBus {
  @Test
  void consentedDataRanksInFullAndNamesItsFields() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.Fields(horrorLover(), Set.of()));
    deploy();

    var ranking = done(rank(true));

    assertThat(ranking.personalization()).isEqualTo(Ranking.Personalization.FULL);
    assertThat(ranking.reason()).isEmpty();
    assertThat(ranking.fieldsUsed()).containsExactly(Field.HISTORY, Field.PREFERENCES);
    assertThat(ranking.items().get(0).id()).isEqualTo("m-7");
    assertThat(asked.get(0).purpose()).isEqualTo(Purpose.PERSONALIZATION);
  }

  @Test
  void fullExplanationNamesTheConsentAndTheFieldsUsed() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.Fields(horrorLover(), Set.of()));
    deploy();

    var ranking = done(explained(true));

    assertThat(ranking.consent()).contains(CONSENT);
    assertThat(ranking.items())
        .allSatisfy(
            item -> assertThat(item.without()).containsOnlyKeys(Field.HISTORY, Field.PREFERENCES));
    assertThat(ranking.items().get(0).without())
        .containsEntry(Field.PREFERENCES, OptionalInt.of(1));
  }

  @Test
  void fullExplanationOfWithheldConsentIsThatOfOptingOut() throws Exception {
    vaultAnswers(Outcome.done(new DisclosureAnswer.NoConsent()));
    deploy();

    var ranking = done(explained(true));

    assertNotPersonal(ranking, Ranking.Reason.NO_CONSENT);
    assertThat(ranking.consent()).isEmpty();
    assertThat(ranking.items()).allMatch(item -> item.without().isEmpty());
    assertThat(ranking.items()).isEqualTo(done(explained(false)).items());
  }

  @Test
  void optingOutRanksWithoutAskingTheVault() throws Exception {
    vaultAnswers(disclosed());
    deploy();

    assertNotPersonal(done(rank(false)), Ranking.Reason.OPTED_OUT);
    assertThat(asked).isEmpty();
  }

  @Test
  void withheldConsentGivesTheItemsThatOptingOutGives() throws Exception {
    vaultAnswers(Outcome.done(new DisclosureAnswer.NoConsent()));
    deploy();

    var ranking = done(rank(true));

    assertNotPersonal(ranking, Ranking.Reason.NO_CONSENT);
    assertThat(ranking.items()).isEqualTo(done(rank(false)).items());
  }

  @Test
  void consentWithoutDataIsSaid() throws Exception {
    vaultAnswers(Outcome.done(new DisclosureAnswer.NoData()));
    deploy();

    assertNotPersonal(done(rank(true)), Ranking.Reason.NO_DATA);
  }

  @Test
  void restrictedDataRanksAsIfThereWereNoneAndSaysSo() throws Exception {
    vaultAnswers(Outcome.done(new DisclosureAnswer.Restricted()));
    deploy();

    var ranking = done(rank(true));

    assertNotPersonal(ranking, Ranking.Reason.RESTRICTED);
    assertThat(ranking.items()).isEqualTo(done(rank(false)).items());
  }

  @Test
  void dataAllPastRetentionIsNoData() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.Fields(Profile.EMPTY, Set.of()));
    deploy();

    assertNotPersonal(done(rank(true)), Ranking.Reason.NO_DATA);
  }

  @Test
  void unreadableFieldMakesItPartial() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.Fields(horrorLover(), Set.of(Field.SEARCHES)));
    deploy();

    var ranking = done(rank(true));

    assertThat(ranking.personalization()).isEqualTo(Ranking.Personalization.PARTIAL);
    assertThat(ranking.reason()).contains(Ranking.Reason.UNREADABLE);
  }

  @Test
  void unreadableGrantIsAsIfTheVaultWereAway() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.Unreadable());
    deploy();

    assertNotPersonal(done(rank(true)), Ranking.Reason.VAULT_UNAVAILABLE);
  }

  @Test
  void destroyedEpochIsAskedAboutOnceMore() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.EpochGone());
    openings.add(new Opened.Fields(horrorLover(), Set.of()));
    deploy();

    assertThat(done(rank(true)).personalization()).isEqualTo(Ranking.Personalization.FULL);
    assertThat(asked).hasSize(2);
  }

  @Test
  void epochDestroyedTwiceEndsTheAsking() throws Exception {
    vaultAnswers(disclosed());
    openings.add(new Opened.EpochGone());
    openings.add(new Opened.EpochGone());
    deploy();

    assertNotPersonal(done(rank(true)), Ranking.Reason.VAULT_UNAVAILABLE);
    assertThat(asked).hasSize(2);
  }

  @Test
  void revokedTokenIsPassedOn() throws Exception {
    vaultAnswers(Outcome.refused(Refusal.TOKEN_REVOKED));
    deploy();

    assertThat(rank(true)).isEqualTo(Outcome.refused(Refusal.TOKEN_REVOKED));
  }

  @Test
  void refusingBrokenAndAbsentVaultsAllEndInTheOrderForEverybody() throws Exception {
    deploy();
    assertNotPersonal(done(rank(true)), Ranking.Reason.VAULT_UNAVAILABLE);

    vault(
        message -> {
          if (asked.size() == 1) {
            message.reply(Outcome.refused(Refusal.UNAVAILABLE));
          } else if (asked.size() == 2) {
            message.fail(500, "broken");
          } else {
            message.reply("not an outcome");
          }
        });
    for (int round = 0; round < 3; round++) {
      assertNotPersonal(done(rank(true)), Ranking.Reason.VAULT_UNAVAILABLE);
    }
  }

  @Test
  void silentVaultCostsNoMoreThanItsBudget() throws Exception {
    vault(message -> {});
    deploy(Duration.ofMillis(60), 500);
    var before = CLOCK.instant();

    assertNotPersonal(done(rank(true)), Ranking.Reason.VAULT_UNAVAILABLE);

    assertThat(asked.get(0).deadline()).isBefore(before.plusSeconds(5));
  }

  @Test
  void vaultGetsLessThanWhatIsLeftOfTheDeadline() throws Exception {
    vault(message -> message.reply(Outcome.done(new DisclosureAnswer.NoConsent())));
    deploy();
    var deadline = CLOCK.instant().plusMillis(2_000);

    assertNotPersonal(done(ask(rankBy(deadline, true))), Ranking.Reason.NO_CONSENT);

    assertThat(asked.get(0).deadline()).isEqualTo(deadline.minusMillis(20));
  }

  @Test
  void requestsBeyondTheLimitAreRefusedAtOnce() throws Exception {
    var release = Promise.<Outcome<DisclosureAnswer>>promise();
    vault(message -> release.future().onSuccess(message::reply));
    deploy(Duration.ofSeconds(20), 2);
    var first = client.<Ranking>ask(rankBy(soon(), true));
    var second = client.<Ranking>ask(rankBy(soon(), true));

    assertThat(rank(true)).isEqualTo(Outcome.refused(Refusal.UNAVAILABLE));

    release.complete(Outcome.done(new DisclosureAnswer.NoConsent()));
    assertNotPersonal(done(await(first)), Ranking.Reason.NO_CONSENT);
    assertNotPersonal(done(await(second)), Ranking.Reason.NO_CONSENT);
    assertThat(rank(false)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void openerOfAnotherPurposeIsRefused() {
    assertThatThrownBy(
            () ->
                new RankerVerticle(
                    new VaultClient(vertx, CLOCK), opener(Purpose.TRAINING), models(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void titlesAreFoundAndRead() throws Exception {
    deploy();

    Outcome<TitlePage> page = ask(new RankerRequest.FindTitles("the", 1, Optional.empty(), soon()));
    assertThat(done(page).titles()).extracting(Title::id).containsExactly("m-1");
    Outcome<Title> title = ask(new RankerRequest.ReadTitle("m-3", soon()));
    assertThat(done(title).title()).isEqualTo("Amélie");
    assertThat(this.<Title>ask(new RankerRequest.ReadTitle("m-99", soon())))
        .isEqualTo(Outcome.refused(Refusal.NOT_FOUND));
  }

  @Test
  void replacedCatalogueIsServedAndTheUploadIsGone() throws Exception {
    deploy();
    var upload = Files.writeString(data.resolve("up"), "{\"id\":\"x\",\"title\":\"X\"}\n");

    Outcome<CatalogVerdict> verdict =
        ask(new RankerRequest.ReplaceCatalog(upload.toString(), soon()));

    assertThat(done(verdict)).isEqualTo(new CatalogVerdict.Accepted(1));
    assertThat(upload).doesNotExist();
    assertThat(done(rank(false)).items()).extracting(Ranking.Item::id).containsExactly("x");
  }

  @Test
  void refusedUploadIsGoneToo() throws Exception {
    deploy();
    var upload = Files.writeString(data.resolve("up"), "{}\n");

    Outcome<CatalogVerdict> verdict =
        ask(new RankerRequest.ReplaceCatalog(upload.toString(), soon()));

    assertThat(done(verdict)).isEqualTo(new CatalogVerdict.Rejected(1, "id is missing"));
    assertThat(upload).doesNotExist();
    assertThat(done(rank(false)).items()).hasSize(8);
  }

  private static void assertNotPersonal(Ranking ranking, Ranking.Reason reason) {
    assertThat(ranking.personalization()).isEqualTo(Ranking.Personalization.NONE);
    assertThat(ranking.reason()).contains(reason);
    assertThat(ranking.fieldsUsed()).isEmpty();
    assertThat(ranking.items()).hasSize(8);
    assertThat(ranking.items().get(0).id()).isEqualTo("m-1");
  }

  private static Profile horrorLover() {
    return new Profile(
        List.of(
            new Event.Watched("m-7", Instant.EPOCH, OptionalDouble.of(1), OptionalDouble.of(5))),
        List.of(),
        Optional.empty(),
        Optional.of(new Document.Preferences(Map.of("Horror", 1.0), List.of())));
  }
}
