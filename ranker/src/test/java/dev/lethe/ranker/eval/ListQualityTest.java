package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ListQualityTest {
  private static final double PRECISE = 1e-12;

  @Test
  void whatIsWantedAtTheTopIsPerfect() {
    var quality = ListQuality.of(new int[] {7, 3, 1, 2}, new int[] {3, 7});

    assertThat(quality).isEqualTo(new ListQuality(1, 1, 1));
  }

  @Test
  void placesFurtherDownCountLess() {
    var quality = ListQuality.of(new int[] {1, 3, 2, 7}, new int[] {3, 7});

    double gain = 1 / log2(3) + 1 / log2(5);
    assertThat(quality.ndcg()).isCloseTo(gain / (1 + 1 / log2(3)), within(PRECISE));
    assertThat(quality.recall()).isEqualTo(1);
    assertThat(quality.averagePrecision()).isCloseTo((1 / 2.0 + 2 / 4.0) / 2, within(PRECISE));
  }

  @Test
  void beyondTheTenthPlaceNothingCounts() {
    var quality = ListQuality.of(IntStream.range(0, 20).toArray(), new int[] {10, 11});

    assertThat(quality).isEqualTo(new ListQuality(0, 0, 0));
  }

  @Test
  void moreThanTenWantedTitlesCanStillBeRankedPerfectly() {
    var quality =
        ListQuality.of(IntStream.range(0, 10).toArray(), IntStream.range(0, 20).toArray());

    assertThat(quality.ndcg()).isCloseTo(1, within(PRECISE));
    assertThat(quality.averagePrecision()).isCloseTo(1, within(PRECISE));
    assertThat(quality.recall()).isEqualTo(0.5);
  }

  @Test
  void whereNothingIsWantedThereIsNoFigure() {
    assertThatThrownBy(() -> ListQuality.of(new int[] {1}, new int[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
