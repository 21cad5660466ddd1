package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import dev.lethe.vault.api.SealedForTraining;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.ledger.MovingClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who leave at every time of a training. */
final class GenerationTest {
  private static final int TITLES = 20;
  private static final int PEOPLE = 120;
  private static final Trainer TRAINER = new Trainer(10, 5);

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final WorkerExecutor worker = vertx.createSharedWorkerExecutor("unlearning", 1);
  private final WorkerExecutor learning = vertx.createSharedWorkerExecutor("learning", 1);
  private Models models;
  private ServedModel served;
  private Generation generation;

  private final MovingClock clock = new MovingClock();

  /** Seals nothing: what is sealed is tried with a real vault. */
  private static final class OpenSeal implements TrainingSeal {
    @Override
    public int epoch() {
      return 1;
    }

    @Override
    public SealedForTraining contribution(String pseudonym, long life, byte[] plaintext) {
      return new SealedForTraining(1, plaintext);
    }

    @Override
    public Optional<byte[]> contribution(String pseudonym, long life, SealedForTraining text) {
      return Optional.of(text.blob());
    }

    @Override
    public SealedForTraining model(byte[] plaintext) {
      return new SealedForTraining(1, plaintext);
    }

    @Override
    public Optional<byte[]> model(SealedForTraining text) {
      return Optional.of(text.blob());
    }
  }

  @BeforeEach
  void start() throws Exception {
    var lines = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      lines.append(
          "{\"id\":\"t-%d\",\"title\":\"T\",\"popularity\":%s}\n"
              .formatted(title, 1 - title / 100.0));
    }
    var titles = Files.writeString(folder.resolve("titles.ndjson"), lines);
    models = new Models(CatalogStore.open(folder, Optional.of(titles)));
    clock.set(Instant.EPOCH.plusSeconds(10)); // of trainings that begin with 1970
    served = new ServedModel(models, file(), 5, clock);
    generation = generation(1_000);
    count(generation, IntStream.range(0, PEOPLE));
  }

  private ModelFile file() {
    return new ModelFile(folder, new OpenSeal());
  }

  private Generation generation(long number) {
    return new Generation(
        number,
        Instant.ofEpochMilli(number),
        new Cohort(models.catalogs().current(), TITLES, 1),
        learning,
        worker,
        served);
  }

  private void count(Generation into, IntStream people) throws Exception {
    var counted = new HashMap<Long, Counted>();
    people.forEach(who -> counted.put((long) who, counted(who)));
    await(on(() -> into.add(counted)));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  private static Counted counted(int person) {
    int[] liked =
        IntStream.range(0, TITLES)
            .filter(title -> title % 2 == person % 2 && title / 4 != person % 4)
            .toArray();
    return new Counted(liked, new int[] {(person + 1) % 2});
  }

  /** On one event loop, as a verticle would. */
  private final Context loop = vertx.getOrCreateContext();

  private <T> T onLoop(Callable<T> act) throws Exception {
    return await(on(() -> Future.succeededFuture(act.call())));
  }

  private <T> Future<T> on(Callable<Future<T>> act) {
    var promise = Promise.<T>promise();
    loop.runOnContext(
        here -> {
          try {
            act.call().onComplete(promise);
          } catch (Exception e) {
            promise.fail(e);
          }
        });
    return promise.future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private boolean leaves(int person) throws Exception {
    return await(on(() -> generation.leave(person, Optional.of(counted(person)))));
  }

  private void learn() throws Exception {
    var learned = TRAINER.learn(generation.cohort(), "v");
    await(on(() -> generation.serve(learned)));
  }

  private void close() throws Exception {
    onLoop(
        () -> {
          generation.close();
          return true;
        });
  }

  private void assertServedWithout(Integer... missing) throws Exception {
    var cohort = new Cohort(models.catalogs().current(), TITLES, 1);
    IntStream.range(0, PEOPLE)
        .filter(person -> !List.of(missing).contains(person))
        .forEach(person -> cohort.add(person, counted(person)));
    var expected = TRAINER.learn(cohort, "v").flatMap(LearnedModel::taught).orElseThrow();
    await(
        worker.executeBlocking(
            () -> {
              served.keep();
              return true;
            }));
    var actual = file().read().orElseThrow().taught();
    assertThat(actual.blend().together()).isCloseTo(expected.blend().together(), within(1e-6));
    assertThat(actual.blend().appeal()).isCloseTo(expected.blend().appeal(), within(1e-6));
    assertThat(actual.learned().appeal()).isEqualTo(expected.learned().appeal());
    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        assertThat(actual.learned().weights().weight(from, to))
            .isCloseTo(expected.learned().weights().weight(from, to), within(1e-6));
      }
    }
  }

  @Test
  void whoLeavesWhileOthersAreCountedIsNotCounted() throws Exception {
    assertThat(leaves(3)).isTrue();
    close();
    learn();

    assertServedWithout(3);
    assertThat(generation.people()).isEqualTo(PEOPLE - 1);
  }

  @Test
  void whoLeavesWhileItIsLearnedIsForgottenBeforeItIsServed() throws Exception {
    close();
    var learned = TRAINER.learn(generation.cohort(), "v");
    assertThat(leaves(3)).isTrue();
    assertThat(models.current().version()).doesNotContain("+v");

    await(on(() -> generation.serve(learned)));

    assertServedWithout(3);
  }

  @Test
  void thoseWhoLeaveTogetherAreForgottenTogether() throws Exception {
    close();
    learn();

    var all =
        on(
            () ->
                Future.all(
                    IntStream.range(0, 15)
                        .mapToObj(who -> generation.leave(who, Optional.of(counted(who))))
                        .toList()));
    assertThat(await(all).<Boolean>list()).containsOnly(true);

    assertServedWithout(IntStream.range(0, 15).boxed().toArray(Integer[]::new));
    var version = models.current().version();
    assertThat(Integer.parseInt(version.substring(version.lastIndexOf('-') + 1)))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void copyIsAwayUntilItIsWrittenWithoutWhoLeft() throws Exception {
    close();
    learn();
    assertServedWithout();
    assertThat(folder.resolve("model.sealed")).exists();

    leaves(3);

    assertThat(folder.resolve("model.sealed")).doesNotExist();
    assertServedWithout(3);
  }

  @Test
  void whoLeavesWithoutAContributionSpoilsIt() throws Exception {
    close();
    learn();

    assertThat(await(on(() -> generation.leave(3, Optional.empty())))).isFalse();

    assertThat(generation.isSpoiled()).isTrue();
    assertThat(leaves(4)).isFalse();
  }

  @Test
  void whoLeavesWithAnotherContributionSpoilsIt() throws Exception {
    int[] all = IntStream.range(0, TITLES).toArray();

    assertThat(await(on(() -> generation.leave(3, Optional.of(new Counted(all, new int[0]))))))
        .isFalse();
    assertThat(generation.isSpoiled()).isTrue();
  }

  @Test
  void copyThatCannotBeTakenAwayIsNoForgetting() throws Exception {
    close();
    learn();
    assertServedWithout();
    // A folder in its place, with something in it, cannot be deleted as a file.
    Files.delete(folder.resolve("model.sealed"));
    Files.createDirectories(folder.resolve("model.sealed").resolve("full"));

    assertThat(leaves(3)).isFalse();

    assertThat(generation.isSpoiled()).isTrue();
  }

  @Test
  void strangersLeaveWithoutATrace() throws Exception {
    close();
    learn();
    var before = models.current();

    assertThat(await(on(() -> generation.leave(1_000, Optional.empty())))).isTrue();

    assertThat(models.current()).isSameAs(before);
    assertThat(generation.isSpoiled()).isFalse();
  }

  @Test
  void whoLeftBeforeTheirPageCameIsNotCounted() throws Exception {
    assertThat(await(on(() -> generation.leave(PEOPLE, Optional.empty())))).isTrue();

    assertThat(onLoop(() -> generation.isSettled(PEOPLE))).isTrue();
    assertThat(generation.isSpoiled()).isFalse();
  }

  @Test
  void olderTrainingIsNotServedOverALaterOne() throws Exception {
    close();
    learn();
    var later = generation(2_000);
    count(later, IntStream.range(0, PEOPLE - 1));
    var all = new ArrayList<Future<Boolean>>();
    for (int person = 0; person < 3; person++) {
      int who = person;
      all.add(on(() -> generation.leave(who, Optional.of(counted(who)))));
    }
    var left = new ArrayList<Boolean>();
    for (int person = 0; person < 3; person++) {
      int who = person;
      left.add(await(on(() -> later.leave(who, Optional.of(counted(who))))));
    }
    onLoop(
        () -> {
          later.close();
          return true;
        });
    var learned = TRAINER.learn(later.cohort(), "later");
    await(on(() -> later.serve(learned)));
    for (var one : all) {
      await(one);
    }

    assertThat(left).containsOnly(true);
    assertThat(leaves(4)).isTrue();
    assertThat(models.current().version()).contains("+later");
  }

  @Test
  void whoIsAskedForTwiceIsGoneOnlyOnceTheyAre() throws Exception {
    close();
    learn();
    var first = on(() -> generation.leave(1, Optional.of(counted(1))));
    var second = on(() -> generation.leave(2, Optional.of(counted(2))));
    var again =
        on(() -> generation.leave(2, Optional.empty()))
            .map(gone -> gone + " in " + models.current().version());

    assertThat(await(first)).isTrue();
    assertThat(await(again)).startsWith("true").endsWith("-2");
    assertThat(await(second)).isTrue();
  }

  @Test
  void modelThatCannotForgetIsServedNoMore() throws Exception {
    close();
    learn();
    assertServedWithout();
    int[] all = IntStream.range(0, TITLES).toArray();

    assertThat(await(on(() -> generation.leave(3, Optional.of(new Counted(all, new int[0]))))))
        .isFalse();

    assertThat(models.current().version()).doesNotContain("+v");
    await(
        worker.executeBlocking(
            () -> {
              served.keep();
              return true;
            }));
    assertThat(file().read()).isEmpty();
  }

  @Test
  void forgettingDoesNotWaitForLearning() throws Exception {
    close();
    learn();
    var hindered = new CountDownLatch(1);
    var busy =
        on(() -> learning.executeBlocking(() -> hindered.await(30, TimeUnit.SECONDS), false));

    assertThat(leaves(3)).isTrue();

    hindered.countDown();
    assertThat(await(busy)).isTrue();
  }

  @Test
  void modelThatBeganByAWrongClockIsNotServed() throws Exception {
    close();
    clock.set(Instant.ofEpochMilli(999));

    learn();

    assertThat(models.current().version()).doesNotContain("+v");
  }

  @Test
  void modelOfYesterdayIsServedNoMore() throws Exception {
    close();
    learn();
    assertServedWithout();

    clock.set(Instant.ofEpochMilli(1_000).plus(ServedModel.MOST));
    await(
        worker.executeBlocking(
            () -> {
              served.keep();
              return true;
            }));

    assertThat(models.current().version()).doesNotContain("+v");
    assertThat(file().read()).isEmpty();
  }

  @Test
  void modelOfFewerPeopleThanWantedIsNotServedAfterAStart() throws Exception {
    close();
    learn();
    assertServedWithout();

    var stricter = new ServedModel(models, file(), 6, clock);
    assertThat(await(worker.executeBlocking(stricter::open))).isZero();
    assertThat(models.current().version()).doesNotContain("+v");
    var same = new ServedModel(models, file(), 5, clock);
    assertThat(await(worker.executeBlocking(same::open))).isEqualTo(1_000);
    assertThat(models.current().version()).contains("+v");
  }

  @Test
  void copyThatWasBegunIsTakenAwayToo() throws Exception {
    var begun = Files.writeString(folder.resolve("model.sealed.new"), "begun");

    file().delete();

    assertThat(begun).doesNotExist();
  }
}
