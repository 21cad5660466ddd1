package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.Taught;
import dev.lethe.ranker.train.UnreadableDataException;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicModelTest {
  private static final Duration PACE = Duration.ofMillis(5);
  private static final int TITLES = 30;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Models models;

  @BeforeEach
  void start() throws IOException {
    models = new Models(CatalogStore.open(folder, Optional.of(titles(0))));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  /** So many titles from that number on. */
  private Path titles(int first) throws IOException {
    var titles = new StringBuilder();
    for (int title = first; title < first + TITLES; title++) {
      titles.append("{\"id\":\"t-%d\",\"title\":\"T\",\"genres\":[\"G\"]}%n".formatted(title));
    }
    return Files.writeString(folder.resolve("titles.ndjson"), titles);
  }

  private void replaceCatalogue(int first) throws IOException {
    assertThat(models.catalogs().replace(titles(first)))
        .isInstanceOf(CatalogVerdict.Accepted.class);
  }

  /**
   * Of three kinds of people, each of which likes another third of the titles of two catalogues.
   */
  private static String ratings() {
    var ratings = new StringBuilder();
    for (int person = 0; person < 200; person++) {
      for (int title = person % 3; title < 2 * TITLES; title += 3) {
        ratings.append("p%d\tt-%d\n".formatted(person, title));
      }
    }
    return ratings.toString();
  }

  private PublicModel model(String ratings) throws IOException {
    return new PublicModel(Files.writeString(folder.resolve("ratings.tsv"), ratings), models, PACE);
  }

  /** The numbers of the titles that come first for somebody who liked one. */
  private Stream<Integer> best(int liked) {
    var event =
        new Event.Watched(
            "t-" + liked, Instant.EPOCH, OptionalDouble.empty(), OptionalDouble.empty());
    return models
        .current()
        .rank(
            new Profile(List.of(event), List.of(), Optional.empty(), Optional.empty()),
            Optional.empty(),
            4,
            false)
        .items()
        .stream()
        .map(item -> Integer.parseInt(item.id().substring(2)));
  }

  private static void until(BooleanSupplier so) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void whatOthersPublishedIsRankedBy() throws Exception {
    var before = models.current().version();

    await(vertx.deployVerticle(model(ratings())));
    until(() -> models.current().version().contains("+"));

    assertThat(models.current().version()).matches(Pattern.quote(before) + "\\+public-[0-9a-f]{8}");
    assertThat(best(13)).allMatch(title -> title % 3 == 1);
  }

  @Test
  void titlesOfAnotherCatalogueAreLearnedAbout() throws Exception {
    await(vertx.deployVerticle(model(ratings())));
    until(() -> models.current().version().contains("+"));
    var before = learned();

    replaceCatalogue(TITLES);
    until(() -> !learned().equals(before));

    assertThat(best(43)).allMatch(title -> title % 3 == 1);
  }

  /** What the model in force is learned from. */
  private String learned() {
    var version = models.current().version();
    return version.substring(version.indexOf('+'));
  }

  @Test
  void untilThenTitlesThatRemainAreRankedByWhatWasLearned() throws Exception {
    var model = model(ratings());
    assertThat(model.look()).isTrue();

    replaceCatalogue(TITLES / 2);

    assertThat(best(22)).containsExactlyInAnyOrder(16, 19, 25, 28);
    assertThat(model.look()).isTrue();
    assertThat(best(43)).allMatch(title -> title % 3 == 1);
  }

  @Test
  void sameCatalogueIsLearnedAboutOnce() throws Exception {
    var model = model(ratings());
    assertThat(model.look()).isTrue();

    replaceCatalogue(0);

    assertThat(model.look()).isFalse();
  }

  @Test
  void damagedFileLeavesWhatIsServedAndIsTriedAgain() throws Exception {
    var model = model(ratings());
    model.look();
    var before = learned();
    replaceCatalogue(TITLES);

    model("p1\tt-1\nnothing\n");
    assertThatThrownBy(model::look).isInstanceOf(UnreadableDataException.class);
    assertThat(learned()).isEqualTo(before);

    model(ratings());
    assertThat(model.look()).isTrue();
    assertThat(learned()).isNotEqualTo(before);
  }

  @Test
  void nothingIsLearnedWhileViewersTeach() throws Exception {
    var model = model(ratings());
    models.serveAgreed(Optional.of(Taught.NOTHING));
    assertThat(model.look()).isFalse();

    models.serveAgreed(Optional.empty());
    assertThat(model.look()).isTrue();
  }

  @Test
  void tooFewChangeNothing() throws Exception {
    var model = model("p1\tt-1\np2\tt-1\n");
    var before = models.current();

    assertThat(model.look()).isFalse();

    assertThat(models.current()).isSameAs(before);
  }

  @Test
  void catalogueOfWhichTooLittleIsRatedIsRankedByNothingOfTheOneBefore() throws Exception {
    var model = model(ratings());
    model.look();

    replaceCatalogue(2 * TITLES - 1);

    assertThat(model.look()).isFalse();
    assertThat(models.current().version()).doesNotContain("+");
  }

  @Test
  void whatIsNoSuchFileIsSaidWithItsLine() throws Exception {
    var model = model("p1\tt-1\nnothing\n");

    assertThatThrownBy(() -> await(vertx.deployVerticle(model)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ratings.tsv, line 2");
  }
}
