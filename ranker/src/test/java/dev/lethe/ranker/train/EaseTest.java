package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EaseTest {
  private static final int TITLES = 60;
  private static final double L2 = 20;

  /** Where the gradient is 0: off the diagonal, (G + λI)B = G. */
  @Test
  void theWeightsAreTheBestThatThereAre() {
    var gram = Crowds.counted(Crowds.of(300, TITLES, 2), TITLES);
    var ease = Ease.learn(gram, L2);

    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        if (from != to) {
          double product = L2 * ease.weight(from, to);
          for (int between = 0; between < TITLES; between++) {
            product += gram.shared(from, between) * ease.weight(between, to);
          }
          assertThat(product).isCloseTo(gram.shared(from, to), within(1e-8));
        }
      }
    }
  }

  @Test
  void nothingSpeaksForItself() {
    var ease = Ease.learn(Crowds.counted(Crowds.of(50, TITLES, 3), TITLES), L2);

    for (int title = 0; title < TITLES; title++) {
      assertThat(ease.weight(title, title)).isZero();
    }
  }

  @Test
  void forgettingTwoHundredPeopleIsAsIfTheyHadNeverBeenThere() {
    var crowd = Crowds.of(300, TITLES, 4);
    var gram = Crowds.counted(crowd, TITLES);
    var ease = Ease.learn(gram, L2);

    for (var person : crowd.subList(0, 200)) {
      gram.remove(person);
      ease.forget(person);
    }

    var anew = Ease.learn(gram, L2);
    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        assertThat(ease.weight(from, to)).isCloseTo(anew.weight(from, to), within(1e-9));
      }
    }
  }

  @Test
  void withoutAPenaltyNothingIsLearned() {
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Ease.learn(new Gram(3), wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
