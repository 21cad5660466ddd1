package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListsTest {
  private static final double PRECISE = 1e-12;

  @Test
  void theBestTitlesComeInOrderWithoutThoseLeftOut() {
    var leftOut = new BitSet();
    leftOut.set(1);

    assertThat(BestTitles.of(new double[] {0.5, 9, 2, -1, 2, 3}, leftOut, 4))
        .containsExactly(5, 2, 4, 0);
    assertThat(BestTitles.of(new double[] {1, 9}, leftOut, 4)).containsExactly(0);
  }

  @Test
  void whenAllTitlesAreListedEquallyNothingIsConcentrated() {
    var spread = Spread.of(4, List.of(new int[] {0, 1}, new int[] {2, 3}));

    assertThat(spread).isEqualTo(new Spread(1, 0));
  }

  @Test
  void oneTitleOnAllListsIsAsConcentratedAsCanBe() {
    var spread = Spread.of(4, List.of(new int[] {2}, new int[] {2}));

    assertThat(spread.coverage()).isEqualTo(0.25);
    assertThat(spread.gini()).isCloseTo(0.75, within(PRECISE));
  }

  @Test
  void aListWithTheGenresOfWhatWasWatchedIsCalibrated() {
    var mix = new GenreMix(new int[][] {{0}, {1}, {0, 1}, {2}, {}});

    assertThat(mix.miscalibration(new int[] {0, 1}, new int[] {2})).isCloseTo(0, within(PRECISE));
    // All of what is wanted is missing, but for the hundredth that is mixed in.
    assertThat(mix.miscalibration(new int[] {0}, new int[] {3}))
        .isCloseTo(Math.log(100), within(PRECISE));
    assertThat(mix.miscalibration(new int[] {0, 1}, new int[] {0}))
        .isCloseTo(0.5 * Math.log(0.5 / (0.99 + 0.005)) + 0.5 * Math.log(100), within(PRECISE));
  }

  @Test
  void diversityIsTheMeanUnlikenessOfPairs() {
    var mix = new GenreMix(new int[][] {{0}, {0}, {1}, {0, 1}});

    assertThat(mix.diversity(new int[] {0, 1})).isZero();
    assertThat(mix.diversity(new int[] {0, 1, 2})).isCloseTo(2.0 / 3, within(PRECISE));
    assertThat(mix.diversity(new int[] {0, 3})).isCloseTo(1 - Math.sqrt(0.5), within(PRECISE));
    assertThat(mix.diversity(new int[] {0})).isZero();
  }
}
