package dev.lethe.ranker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vault is played by a consumer, for the answers that a real one gives only in trouble. */
class RankerVerticleTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path data;

  private final Vertx vertx = Vertx.vertx();
  private final RankerClient client = new RankerClient(vertx, CLOCK);
  private final List<VaultRequest.Disclose> asked = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Opened> openings = new ArrayDeque<>();

  @BeforeEach
  void codec() {
    LocalCodec.register(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

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
    vault(message -> {});
    deploy();
    var deadline = CLOCK.instant().plusMillis(400);

    assertNotPersonal(done(ask(rankBy(deadline, true))), Ranking.Reason.VAULT_UNAVAILABLE);

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
                    new VaultClient(vertx, CLOCK), opener(Purpose.TRAINING), store(), CLOCK))
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

  private void deploy() throws Exception {
    deploy(Duration.ofSeconds(5), 500);
  }

  private void deploy(Duration budget, int maxInFlight) throws Exception {
    await(
        vertx.deployVerticle(
            new RankerVerticle(
                new VaultClient(vertx, CLOCK),
                opener(Purpose.PERSONALIZATION),
                store(),
                CLOCK,
                budget,
                maxInFlight)));
  }

  private CatalogStore store() throws Exception {
    return CatalogStore.open(
        data, Optional.of(Files.writeString(data.resolve("titles.ndjson"), Catalogs.SMALL)));
  }

  private DisclosureOpener opener(Purpose purpose) {
    return new DisclosureOpener() {
      @Override
      public Purpose purpose() {
        return purpose;
      }

      @Override
      public Opened open(Disclosure disclosure) {
        return openings.remove();
      }
    };
  }

  private void vaultAnswers(Outcome<DisclosureAnswer> answer) throws Exception {
    vault(message -> message.reply(answer));
  }

  private void vault(Consumer<Message<VaultRequest.Disclose>> behaviour) throws Exception {
    await(
        vertx
            .eventBus()
            .<VaultRequest.Disclose>localConsumer(
                VaultRequest.addressOf(VaultRequest.Disclose.class),
                message -> {
                  asked.add(message.body());
                  behaviour.accept(message);
                })
            .completion());
  }

  private static Outcome<DisclosureAnswer> disclosed() {
    return Outcome.done(
        new DisclosureAnswer.Disclosed(
            new Disclosure(
                "p",
                1,
                1,
                Purpose.PERSONALIZATION,
                new byte[0],
                List.of(),
                new RetentionRule(1000, Duration.ofDays(365)))));
  }

  private Outcome<Ranking> rank(boolean profiling) throws Exception {
    return ask(rankBy(soon(), profiling));
  }

  private static RankerRequest.Rank rankBy(Instant deadline, boolean profiling) {
    var caller =
        new Caller(new SubjectRef("i", "s"), new TokenRef(1, "d"), deadline, "0".repeat(32));
    var candidates =
        profiling
            ? Optional.of(List.of("m-8", "m-7", "m-6", "m-5", "m-4", "m-3", "m-2", "m-1"))
            : Optional.<List<String>>empty();
    return new RankerRequest.Rank(caller, candidates, 20, false, profiling);
  }

  private <T> Outcome<T> ask(RankerRequest request) throws Exception {
    return await(client.ask(request));
  }

  private static Instant soon() {
    return CLOCK.instant().plusSeconds(30);
  }

  private static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
