package dev.lethe.ranker.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrivateEaseTest {
  private static final int TITLES = 60;
  private static final PrivacyBudget AMPLE = new PrivacyBudget(1e6, 1e-5);

  /** Even titles go with even ones, odd with odd; title 0 is the most popular. */
  private static int[][] people() {
    var random = new SplittableRandom(3);
    return IntStream.range(0, 400)
        .mapToObj(
            person ->
                IntStream.range(0, TITLES)
                    .filter(title -> title % 2 == person % 2 || title == 0)
                    .filter(title -> title == 0 || random.nextDouble() < 0.4)
                    .toArray())
        .toArray(int[][]::new);
  }

  private static double[] scores(PrivateEase model, int... watched) {
    double[] scores = new double[TITLES];
    model.score(watched, scores);
    return scores;
  }

  private static PrivateEase learned(PrivacyBudget budget, OptionalDouble l2, long seed) {
    return PrivateEase.learn(TITLES, people(), budget, l2, new SplittableRandom(seed));
  }

  @Test
  void withHardlyAnyNoiseLikeIsTold() {
    var model = learned(AMPLE, OptionalDouble.of(1), 1);

    double[] scores = scores(model, 2, 4);

    assertThat(model.titles()).isEqualTo(TITLES);
    assertThat(model.l2()).isEqualTo(1);
    assertThat(mean(scores, 6)).isGreaterThan(mean(scores, 7) + 0.01);
  }

  /** Of every second title from one on. */
  private static double mean(double[] scores, int from) {
    return IntStream.range(from, TITLES)
        .filter(title -> title % 2 == from % 2)
        .mapToDouble(title -> scores[title])
        .average()
        .orElseThrow();
  }

  /** {@code -P[i][j] / P[j][j]} of the inverse, computed here for two titles by hand. */
  @Test
  void theWeightsAreThoseOfEaseOnTheReleasedMatrix() {
    int[][] people = new int[1_000][];
    for (int person = 0; person < people.length; person++) {
      people[person] = person < 500 ? new int[] {0, 1} : new int[] {person % 2};
    }
    double l2 = 10;

    var model = PrivateEase.learn(2, people, AMPLE, OptionalDouble.of(l2), new SplittableRandom(1));
    double[] scores = new double[2];
    model.score(new int[] {0}, scores);

    // Both are equally popular and weigh 1: 500 add 1/√3 to each entry, 250 add 1 to their own.
    double shared = 500 / Math.sqrt(3);
    assertThat(scores[1]).isCloseTo(shared / (shared + 250 + l2), within(0.01));
  }

  @Test
  void withLittleToSpendFewTitlesAreLearnedAboutAndNoOtherIsListed() {
    var model = learned(new PrivacyBudget(0.01, 1e-5), OptionalDouble.empty(), 1);

    assertThat(model.titles()).isBetween(1, TITLES - 1);
    assertThat(
            DoubleStream.of(scores(model, 2, 4)).filter(score -> score > Double.NEGATIVE_INFINITY))
        .hasSize(model.titles());
  }

  @Test
  void ofWhomNothingIsKnownGetsWhatIsPopular() {
    double[] scores = scores(learned(AMPLE, OptionalDouble.empty(), 1));

    for (int title = 1; title < TITLES; title++) {
      assertThat(scores[title]).isLessThan(scores[0]);
    }
  }

  @Test
  void noiseIsWhatItsSourceMakesIt() {
    var budget = new PrivacyBudget(4, 1e-5);
    double[] scores = scores(learned(budget, OptionalDouble.empty(), 1), 2, 4);

    assertThat(scores(learned(budget, OptionalDouble.empty(), 1), 2, 4)).isEqualTo(scores);
    assertThat(scores(learned(budget, OptionalDouble.empty(), 2), 2, 4)).isNotEqualTo(scores);
  }
}
