package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On made-up people, each of whom likes one of four kinds of titles: what is known of them must
 * show in the figures, and what is not must not.
 */
final class EvaluationTest {
  private static final int TITLES = 80;
  private static final int KINDS = 4;
  private static final OptionalDouble L2 = OptionalDouble.of(20);

  @TempDir private Path folder;
  private final SplittableRandom random = new SplittableRandom(7);

  @BeforeEach
  void movies() throws IOException {
    var movies = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      movies.append(title).append(",T,Kind").append(title % KINDS).append('\n');
    }
    Files.writeString(folder.resolve("movies.csv"), movies);
  }

  @Test
  void whoWatchedTheSameTellsMoreThanPopularity() throws IOException {
    ratings();

    var measured = Measured.by(Split.RANDOM, L2, run -> run.movieLens(folder, 0, 1));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.3);
    assertThat(measured.figure("ndcg@10"))
        .isGreaterThan(1.5 * measured.figure("ndcg@10.popularity"))
        .isBetween(measured.figure("ndcg@10.low"), measured.figure("ndcg@10.high"));
    assertThat(measured.figure("users")).isEqualTo(300);
    assertThat(measured.figure("titles")).isEqualTo(TITLES);
    assertThat(measured.figure("coverage@10")).isGreaterThan(0.9);
    assertThat(measured.figure("miscalibration@10")).isLessThan(0.5);
  }

  @Test
  void thePenaltyIsChosenAmongOthersWhenNoneIsGiven() throws IOException {
    ratings();

    var measured =
        Measured.by(Split.TEMPORAL, OptionalDouble.empty(), run -> run.movieLens(folder, 0, 1));

    assertThat(measured.figure("l2")).isIn(100.0, 200.0, 400.0, 800.0, 1600.0);
  }

  @Test
  void equalSeedsGiveEqualFigures() throws IOException {
    ratings();

    for (var name : new String[] {"ndcg@10", "ndcg@10.low", "gini@10"}) {
      assertThat(Measured.by(Split.RANDOM, L2, run -> run.movieLens(folder, 0, 1)).figure(name))
          .isEqualTo(
              Measured.by(Split.RANDOM, L2, run -> run.movieLens(folder, 0, 1)).figure(name));
    }
  }

  @Test
  void theMoreSomebodySharesTheBetterTheirLists() throws IOException {
    var file = shownLists();

    var measured = Measured.by(Split.RANDOM, L2, run -> run.rankLens(file));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.8);
    assertThat(measured.figure("ndcg@10")).isGreaterThan(measured.figure("ndcg@10.none") + 0.2);
    assertThat(measured.figure("ndcg@10.likes")).isGreaterThan(measured.figure("ndcg@10.none"));
    assertThat(measured.figure("ndcg@10.preferences"))
        .isGreaterThan(measured.figure("ndcg@10.none"));
    assertThat(measured.figure("rankings")).isEqualTo(240);
    assertThat(measured.has("ndcg@10.training-10%")).isTrue();
  }

  private void ratings() throws IOException {
    var ratings = new StringBuilder();
    for (int person = 0; person < 300; person++) {
      for (int title = 0; title < TITLES; title++) {
        double chance = title % KINDS == person % KINDS ? 0.6 : 0.1;
        if (random.nextDouble() < chance) {
          ratings.append(person).append(',').append(title).append(",4,");
          ratings.append(random.nextInt(1_000)).append('\n');
        }
      }
    }
    Files.writeString(folder.resolve("ratings.csv"), ratings);
  }

  private Path shownLists() throws IOException {
    var lines = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      lines.append(
          """
          {"event":"item","item":"%d","fields":[{"name":"title","value":"T"},{"name":"genres","value":["kind%d"]}]}
          """
              .formatted(title, title % KINDS));
    }
    for (int list = 0; list < 1_200; list++) {
      int person = list % 100;
      var items = new StringBuilder();
      var likes = new StringBuilder();
      boolean liked = false;
      for (int title : random.ints(0, TITLES).distinct().limit(12).toArray()) {
        items.append(items.isEmpty() ? "" : ",").append("{\"id\":\"" + title + "\"}");
        if (title % KINDS == person % KINDS || (title == 0 && !liked)) {
          liked = true;
          likes.append(
              """
              {"event":"interaction","item":"%d","ranking":"r%d","user":"u%d","timestamp":"%d"}
              """
                  .formatted(title, list, person, list));
        }
      }
      if (!liked) {
        list--;
        continue;
      }
      lines.append(
          """
          {"event":"ranking","id":"r%d","user":"u%d","timestamp":"%d","items":[%s]}
          """
              .formatted(list, person, list, items));
      lines.append(likes);
    }
    return Files.writeString(folder.resolve("events.jsonl"), lines);
  }
}
