package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.Taught;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On people who like every fourth title: which, the catalogue does not say. */
final class TrainerTest {
  private static final int TITLES = 40;
  private static final Trainer TRAINER = new Trainer(20, 20);

  @TempDir private Path folder;

  @Test
  void whatPeopleWatchTogetherIsServed() throws IOException {
    var taught = taught(TRAINER, crowd(400)).orElseThrow();

    assertThat(taught.blend().together()).isPositive();
    assertThat(taught.learned().titles()).hasSize(TITLES);
    assertThat(top(taught)).allMatch(id -> number(id) % 4 == 1);
  }

  @Test
  void equalPeopleAndSeedsGiveEqualModels() throws IOException {
    var one = taught(TRAINER, crowd(400)).orElseThrow();
    var other = taught(TRAINER, crowd(400)).orElseThrow();

    assertThat(other.blend()).isEqualTo(one.blend());
    assertThat(other.learned().titles()).isEqualTo(one.learned().titles());
    assertThat(other.learned().appeal()).isEqualTo(one.learned().appeal());
    assertThat(other.learned().weights().weight(0, 1))
        .isEqualTo(one.learned().weights().weight(0, 1));
  }

  @Test
  void whatFewShareIsNotServed() throws IOException {
    // They like what is popular, so that there is something else to rank by.
    var crowd = crowd(400, (person, title) -> popularity(title));
    var taught = taught(new Trainer(20, 1_000), crowd).orElseThrow();

    assertThat(taught.learned().weights().count()).isZero();
    assertThat(taught.learned().appeal()).containsOnly(0);
    assertThat(taught.blend().together()).isZero();
    assertThat(taught.blend().popularity()).isPositive();
  }

  @Test
  void wherePeopleShareNothingNothingIsLearned() throws IOException {
    var crowd = crowd(400, (person, title) -> 1 - popularity(title));

    assertThat(taught(new Trainer(20, 1_000), crowd)).isEmpty();
  }

  @Test
  void fromFewNothingIsLearned() throws IOException {
    assertThat(taught(TRAINER, crowd(99))).isEmpty();
    assertThat(taught(TRAINER, List.of())).isEmpty();
  }

  @Test
  void publicRatingsAreRead() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("ratings.tsv"),
            "a\tm-1\t5\na\tm-2\t1.5\nb\tm-1\na\tm-3\t2\na\tm-3\t4\n");

    assertThat(PublicRatings.read(file))
        .containsExactly(
            new Taste(List.of("m-1", "m-3"), List.of("m-2")), new Taste(List.of("m-1"), List.of()));

    Files.writeString(file, "a\tm-1\t7\n");
    assertThatThrownBy(() -> PublicRatings.read(file))
        .isInstanceOf(UnreadableDataException.class)
        .hasMessageContaining("ratings.tsv, line 1: not a rating of 0.5 to 5");
  }

  private Optional<Taught> taught(Trainer trainer, List<Taste> crowd) throws IOException {
    return trainer.learn(Cohort.of(crowd, catalog(), TITLES, 1), "v").flatMap(LearnedModel::taught);
  }

  /** For somebody who watched two titles of the second kind. */
  private List<String> top(Taught taught) throws IOException {
    var models = new Models(CatalogStore.open(folder, Optional.of(titles())));
    var before = models.current();
    assertThat(models.current()).isSameAs(before);

    models.servePublished(taught);

    assertThat(models.current().version()).isEqualTo(before.version() + "+v");
    var history = List.of(watched("t-1"), watched("t-5"));
    return models
        .current()
        .rank(
            new Profile(history, List.of(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            6,
            false)
        .items()
        .stream()
        .map(item -> item.id())
        .toList();
  }

  private static Event.Watched watched(String id) {
    return new Event.Watched(id, Instant.EPOCH, OptionalDouble.empty(), OptionalDouble.empty());
  }

  private Catalog catalog() throws IOException {
    return Catalogs.of(Files.readString(titles()));
  }

  private Path titles() throws IOException {
    var lines = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      lines.append(
          "{\"id\":\"t-%d\",\"title\":\"T\",\"popularity\":%s}\n"
              .formatted(title, popularity(title)));
    }
    return Files.writeString(folder.resolve("titles.ndjson"), lines);
  }

  /** Who likes every fourth title, each another fourth. */
  private static List<Taste> crowd(int people) {
    return crowd(people, (person, title) -> title % 4 == person % 4 ? 0.8 : 0.1);
  }

  private static List<Taste> crowd(int people, ToDoubleBiFunction<Integer, Integer> chance) {
    var random = new SplittableRandom(3);
    var crowd = new ArrayList<Taste>();
    for (int person = 0; person < people; person++) {
      var liked = new ArrayList<String>();
      for (int title = 0; title < TITLES; title++) {
        if (random.nextDouble() < chance.applyAsDouble(person, title)) {
          liked.add("t-" + title);
        }
      }
      crowd.add(new Taste(liked, List.of()));
    }
    return crowd;
  }

  private static double popularity(int title) {
    return title % 7 / 7.0;
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(2));
  }
}
