package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * What docs/ranking.md promises, on the data sets that are there: in {@code datasets/} of the
 * checkout, or where {@code -Dlethe.datasets=DIR} says. A test whose data set is absent is reported
 * as skipped. Bands lie just under what was measured: a figure that drops fails the build.
 */
final class QualityBandsTest {
  private static final Path DATA = Path.of(System.getProperty("lethe.datasets", "../datasets"));

  @Test
  void rankLens() {
    var measured =
        Measured.by(
            Split.RANDOM,
            OptionalDouble.empty(),
            run -> run.rankLens(present("ranklens/events.jsonl")));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.612);
    assertThat(measured.figure("ndcg@10.likes")).isGreaterThan(0.605);
    assertThat(measured.figure("ndcg@10.none")).isGreaterThan(0.592);
    assertThat(measured.figure("ndcg@10.new")).isGreaterThan(0.613);
    assertThat(measured.figure("ndcg@10.training-100%.shared-by-20")).isGreaterThan(0.609);
  }

  @Test
  void movieLensAtRandom() {
    var measured =
        Measured.by(
            Split.RANDOM,
            OptionalDouble.of(200),
            run -> run.movieLens(present("ml-latest-small"), 0, 5));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.375);
  }

  @Test
  void movieLensInTime() {
    var measured =
        Measured.by(
            Split.TEMPORAL,
            OptionalDouble.of(200),
            run -> run.movieLens(present("ml-latest-small"), 0, 5));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.135);
  }

  @Test
  void movieLensWithPrivacy() {
    var measured =
        Measured.by(
            Split.RANDOM,
            OptionalDouble.empty(),
            new PrivacyQuestion(OptionalDouble.of(4), 1e-5, Optional.empty()),
            1,
            run -> run.movieLens(present("ml-latest-small"), 0, 5));

    assertThat(measured.figure("ndcg@10")).isGreaterThan(0.25);
  }

  private static Path present(String name) {
    var path = DATA.resolve(name);
    assumeTrue(Files.exists(path), () -> "not measured: no " + name + " in " + DATA);
    return path;
  }
}
