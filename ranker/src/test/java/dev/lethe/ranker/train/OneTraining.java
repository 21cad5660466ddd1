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
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A training in which people are counted, on an event loop and workers of its own. */
abstract class OneTraining {
  static final int TITLES = 20;
  static final int PEOPLE = 120;
  static final Trainer TRAINER = new Trainer(10, 5);

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  final WorkerExecutor worker = vertx.createSharedWorkerExecutor("unlearning", 1);
  final WorkerExecutor learning = vertx.createSharedWorkerExecutor("learning", 1);
  Models models;
  ServedModel served;
  Generation generation;

  final MovingClock clock = new MovingClock();

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

  ModelFile file() {
    return new ModelFile(folder, new OpenSeal());
  }

  Generation generation(long number) {
    return new Generation(
        number,
        Instant.ofEpochMilli(number),
        new Cohort(models.catalogs().current(), TITLES, 1),
        learning,
        worker,
        served);
  }

  void count(Generation into, IntStream people) throws Exception {
    var teachers = new HashMap<Long, Teacher>();
    people.forEach(who -> teachers.put((long) who, Crowds.teacher(counted(who))));
    await(on(() -> into.add(teachers)));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  static Counted counted(int person) {
    int[] liked =
        IntStream.range(0, TITLES)
            .filter(title -> title % 2 == person % 2 && title / 4 != person % 4)
            .toArray();
    return new Counted(liked, new int[] {(person + 1) % 2});
  }

  /** On one event loop, as a verticle would. */
  private final Context loop = vertx.getOrCreateContext();

  <T> T onLoop(Callable<T> act) throws Exception {
    return await(on(() -> Future.succeededFuture(act.call())));
  }

  <T> Future<T> on(Callable<Future<T>> act) {
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

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  boolean leaves(int person) throws Exception {
    return await(on(() -> generation.leave(person, Optional.of(counted(person)))));
  }

  void learn() throws Exception {
    var learned = TRAINER.learn(generation.cohort(), "v");
    await(on(() -> generation.serve(learned)));
  }

  void close() throws Exception {
    onLoop(
        () -> {
          generation.close();
          return true;
        });
  }

  /** Writes the copy of what is served. */
  void keep() throws Exception {
    await(
        worker.executeBlocking(
            () -> {
              served.keep();
              return true;
            }));
  }

  void assertServedWithout(Integer... missing) throws Exception {
    var cohort = new Cohort(models.catalogs().current(), TITLES, 1);
    IntStream.range(0, PEOPLE)
        .filter(person -> !List.of(missing).contains(person))
        .forEach(person -> cohort.add(person, Crowds.teacher(counted(person))));
    var expected = TRAINER.learn(cohort, "v").flatMap(LearnedModel::taught).orElseThrow();
    keep();
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
}
