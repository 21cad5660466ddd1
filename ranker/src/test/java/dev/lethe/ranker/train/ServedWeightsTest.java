package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ServedWeightsTest {
  private static final int TITLES = 40;

  private final Gram gram = Crowds.counted(Crowds.of(120, TITLES, 6), TITLES);
  private final Ease ease = Ease.learn(gram, 20);

  @Test
  void onlyPairsThatEnoughPeopleShareAreServed() {
    var weights = ServedWeights.of(ease, gram, 8, TITLES);

    int served = 0;
    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        boolean enough = from != to && gram.shared(from, to) >= 8;
        served += enough ? 1 : 0;
        assertThat(weights.weight(from, to))
            .isCloseTo(enough ? ease.weight(from, to) : 0, within(1e-7));
      }
    }
    assertThat(served).isEqualTo(weights.count()).isBetween(1, TITLES * TITLES / 2);
  }

  @Test
  void ofAllWeightsFromATitleTheStrongestAreServed() {
    var all = ServedWeights.of(ease, gram, 0, TITLES);
    var few = ServedWeights.of(ease, gram, 0, 5);

    assertThat(few.count()).isEqualTo(5 * TITLES);
    for (int from = 0; from < TITLES; from++) {
      double weakestServed = Double.MAX_VALUE;
      double strongestLeftOut = 0;
      for (int to = 0; to < TITLES; to++) {
        double strength = Math.abs(all.weight(from, to));
        if (few.weight(from, to) != 0) {
          weakestServed = Math.min(weakestServed, strength);
        } else {
          strongestLeftOut = Math.max(strongestLeftOut, strength);
        }
      }
      assertThat(weakestServed).isGreaterThanOrEqualTo(strongestLeftOut);
    }
  }

  @Test
  void aSumOverWhatWasWatchedIsTheSumOfItsWeights() {
    var weights = ServedWeights.of(ease, gram, 10, TITLES);
    double[] scores = new double[TITLES];

    weights.add(3, 0.5, scores);
    weights.add(7, 2, scores);

    for (int to = 0; to < TITLES; to++) {
      assertThat(scores[to])
          .isCloseTo(0.5 * weights.weight(3, to) + 2 * weights.weight(7, to), within(1e-12));
    }
  }
}
