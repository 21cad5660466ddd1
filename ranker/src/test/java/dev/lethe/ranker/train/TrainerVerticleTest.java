package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import dev.lethe.vault.RunningVault;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.Repetition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer beside a real vault, with viewers who agree, withdraw, forget and leave. */
final class TrainerVerticleTest {
  private static final int TITLES = 24;
  private static final int PEOPLE = 130;
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Trainer TRAINER = new Trainer(10, 5);

  @TempDir private Path folder;
  private final Instant watchedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private RunningVault vault;
  private Models models;
  private final Map<Integer, Long> numbers = new HashMap<>();
  private String deployment = "";
  private final List<String> gaveWay = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() throws IOException {
    vault = new RunningVault(folder.resolve("vault"));
    models = models();
    IntStream.range(0, PEOPLE).forEach(this::settle);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private Models models() throws IOException {
    var lines = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      lines.append(
          "{\"id\":\"t-%d\",\"title\":\"T\",\"popularity\":%s}\n"
              .formatted(title, 1 - title / 100.0));
    }
    return new Models(
        CatalogStore.open(
            folder, Optional.of(Files.writeString(folder.resolve("titles.ndjson"), lines))));
  }

  /** Of four kinds, each of which watches another fourth of the titles, but for one of them. */
  private static List<String> watched(int person) {
    return IntStream.range(0, TITLES)
        .filter(title -> title % 4 == person % 4 && title / 4 != person % 5)
        .mapToObj(title -> "t-" + title)
        .toList();
  }

  private static String name(int person) {
    return "viewer-" + person;
  }

  private void settle(int person) {
    watch(person, watched(person));
    agree(person, Field.HISTORY);
  }

  private void watch(int person, List<String> titles) {
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            vault.caller(name(person)),
            Field.HISTORY,
            titles.stream().map(this::seen).toList(),
            Optional.empty(),
            OptionalLong.empty()));
  }

  private Event.Watched seen(String title) {
    return new Event.Watched(title, watchedAt, OptionalDouble.empty(), OptionalDouble.of(4));
  }

  private void agree(int person, Field... fields) {
    var given =
        vault.<ConsentGiven>done(
            new VaultRequest.PutConsent(
                vault.caller(name(person)),
                Purpose.TRAINING,
                Set.of(fields),
                OptionalLong.empty()));
    numbers.put(person, number(given));
  }

  /** The number that stands for whom a receipt is about. */
  private static long number(ConsentGiven given) {
    try {
      var claims = JWSObject.parse(given.receipt()).getPayload().toJSONObject();
      var record = String.valueOf(claims.get("recordId")).split("\\.", -1);
      return Training.person(record[0], Long.parseLong(record[1]));
    } catch (ParseException e) {
      throw new AssertionError("not a receipt", e);
    }
  }

  private Erasure erase(int person) {
    return vault.done(new VaultRequest.Erase(vault.caller(name(person)), "owner"));
  }

  private TrainerVerticle trainer() {
    var seal = vault.vault().trainingSeal();
    return new TrainerVerticle(
        new VaultClient(vault.vertx(), CLOCK),
        vault.vault().openerFor(Purpose.TRAINING),
        seal,
        models,
        new ModelFile(folder, seal),
        new TrainingRule(TRAINER, TITLES, Duration.ofHours(1), 1),
        () -> gaveWay.add(Thread.currentThread().getName()),
        CLOCK);
  }

  private void deploy() {
    deployment = RunningVault.await(vault.vertx().deployVerticle(trainer()));
  }

  private void undeploy() {
    RunningVault.await(vault.vertx().undeploy(deployment));
  }

  private void learn() {
    deploy();
    until(() -> models.current().version().contains("+viewers-"));
  }

  private void until(BooleanSupplier so) {
    RunningVault.await(
        Repetition.untilLast(
            () -> vault.vertx().timer(5, TimeUnit.MILLISECONDS).map(waited -> so.getAsBoolean())));
  }

  private Profile profile(List<String> watched) {
    return new Profile(
        watched.stream().map(this::seen).toList(), List.of(), Optional.empty(), Optional.empty());
  }

  /** What is ranked for somebody of the second kind, with scores. */
  private List<String> ranked(Models models) {
    return models
        .current()
        .rank(profile(List.of("t-1", "t-5")), Optional.empty(), TITLES, false)
        .items()
        .stream()
        .map(TrainerVerticleTest::scored)
        .toList();
  }

  private static String scored(Ranking.Item item) {
    return "%s %.4f".formatted(item.id(), item.score());
  }

  /** What is ranked where these were never there. */
  private List<String> rankedWithout(Integer... missing) throws IOException {
    var catalog = models.catalogs().current();
    var cohort = new Cohort(catalog, TITLES, 1);
    var members = new ArrayList<>(IntStream.range(0, PEOPLE).boxed().toList());
    members.removeAll(List.of(missing));
    members.forEach(
        person ->
            cohort.add(
                Objects.requireNonNull(numbers.get(person)),
                Teacher.of(profile(watched(person)), catalog, TITLES)));
    var others = models();
    others.serveAgreed(TRAINER.learn(cohort, "v").flatMap(LearnedModel::taught));
    return ranked(others);
  }

  @Test
  void whoAgreedTeachesWhatGoesTogether() {
    learn();

    assertThat(ranked(models).subList(0, 4)).allMatch(item -> number(item) % 4 == 1);
    assertThat(
            vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(vault.caller(name(3)))))
        .extracting(AccessLogEntry::reader)
        .contains("trainer");
  }

  /** And who forgets does not: somebody waits for it. */
  @Test
  void whoLearnsGivesWayToOthers() {
    learn();
    erase(7);

    assertThat(gaveWay).isNotEmpty().allMatch(thread -> thread.startsWith("lethe-trainer"));
  }

  private static int number(String item) {
    return Integer.parseInt(item.substring(2, item.indexOf(' ')));
  }

  @Test
  void whoIsErasedOrWithdrawsOrForgetsWasNeverThere() throws IOException {
    learn();
    var before = models.current().version();

    assertThat(erase(3).modelBy()).isEmpty();
    assertThat(models.current().version()).isEqualTo(before + "-1");
    assertThat(ranked(models)).hasSameElementsAs(rankedWithout(3));

    agree(5);
    assertThat(models.current().version()).isEqualTo(before + "-2");
    vault.<Integer>done(
        new VaultRequest.Forget(
            vault.caller(name(9)),
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of("t-1")),
            OptionalLong.empty()));
    assertThat(models.current().version()).isEqualTo(before + "-3");
    assertThat(ranked(models)).hasSameElementsAs(rankedWithout(3, 5, 9));
  }

  @Test
  void whoNeverAgreedTeachesNothingAndLeavesNothing() {
    watch(PEOPLE, List.of("t-0", "t-1", "t-2", "t-3"));
    learn();
    var before = models.current();

    assertThat(erase(PEOPLE).modelBy()).isEmpty();

    assertThat(models.current()).isSameAs(before);
  }

  @Test
  void whenTooFewAreLeftNothingLearnedIsRankedBy() {
    learn();

    for (int person = 0; person < 40; person++) {
      erase(person);
    }

    assertThat(models.current().version()).doesNotContain("viewers");
  }

  /** Nothing is learned until it is opened. */
  private CountDownLatch hinder() {
    var hindered = new CountDownLatch(1);
    vault
        .vertx()
        .createSharedWorkerExecutor("lethe-trainer", 1)
        .executeBlocking(() -> hindered.await(60, TimeUnit.SECONDS), false);
    return hindered;
  }

  @Test
  void modelIsServedAgainAfterAStartAndThenLearnedAnew() {
    learn();
    var before = models.current().version();
    var ranked = ranked(models);
    undeploy();
    models.serveAgreed(Optional.empty());
    var hindered = hinder();

    deploy();

    assertThat(models.current().version()).isEqualTo(before);
    assertThat(ranked(models)).isEqualTo(ranked);
    hindered.countDown();
    until(() -> !models.current().version().equals(before));
  }

  @Test
  void nobodyComesBackWithTheModelOfBefore() throws IOException {
    learn();
    until(() -> Files.exists(folder.resolve("model.sealed")));

    erase(3);

    // A crash now finds no model, or one without them.
    var left = new ModelFile(folder, vault.vault().trainingSeal()).read();
    assertThat(left.map(model -> model.taught().learned().version()).orElse("forgotten-1"))
        .endsWith("-1");
  }

  @Test
  void erasureBeforeItIsKnownWhomTheModelCountedPromisesANewOne() throws Exception {
    learn();
    undeploy();
    var hindered = hinder();
    deploy();
    var old = models.current().version();

    assertThat(erase(3).modelBy()).isPresent();

    hindered.countDown();
    until(() -> !models.current().version().equals(old));
    assertThat(erase(4).modelBy()).isEmpty();
  }

  @Test
  void withoutATrainerErasurePromisesANewModel() {
    learn();
    undeploy();

    assertThat(erase(3).modelBy()).isPresent();
  }

  @Test
  void modelOfADestroyedEpochIsNotServed() throws IOException {
    learn();
    undeploy();

    vault.rotate();

    assertThat(new ModelFile(folder, vault.vault().trainingSeal()).read()).isEmpty();
  }

  @Test
  void openerOfAnotherPurposeIsRefused() {
    var seal = vault.vault().trainingSeal();

    assertThatThrownBy(
            () ->
                new TrainerVerticle(
                    new VaultClient(vault.vertx(), CLOCK),
                    vault.vault().openerFor(Purpose.PERSONALIZATION),
                    seal,
                    models,
                    new ModelFile(folder, seal),
                    new TrainingRule(TRAINER, TITLES, Duration.ofHours(1), 1),
                    () -> {},
                    CLOCK))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
