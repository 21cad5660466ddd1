package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IntervalTest {
  @Test
  void nobodyDiffersSoTheIntervalIsAPoint() {
    double[] sums = new double[50];
    int[] counts = new int[50];
    Arrays.fill(sums, 0.25);
    Arrays.fill(counts, 1);

    assertThat(Interval.of(sums, counts, 1)).isEqualTo(new Interval(0.25, 0.25, 0.25));
  }

  /** Of a mean of n values with deviation s, the interval is about ±1.96 s / √n. */
  @Test
  void itIsAsWideAsTheDeviationOfTheMeanSays() {
    var random = new SplittableRandom(2);
    double[] sums = random.doubles(1_000).toArray();
    int[] counts = new int[sums.length];
    Arrays.fill(counts, 1);

    var interval = Interval.of(sums, counts, 3);

    double half = 1.96 * Math.sqrt(1.0 / 12) / Math.sqrt(sums.length);
    assertThat(interval.mean()).isEqualTo(Arrays.stream(sums).average().orElseThrow());
    assertThat(interval.high() - interval.mean()).isCloseTo(half, within(half / 4));
    assertThat(interval.mean() - interval.low()).isCloseTo(half, within(half / 4));
  }

  @Test
  void whoWasMeasuredMoreOftenWeighsMore() {
    var interval = Interval.of(new double[] {3, 0}, new int[] {3, 1}, 4);

    assertThat(interval.mean()).isEqualTo(0.75);
    assertThat(interval.low()).isZero();
    assertThat(interval.high()).isEqualTo(1);
  }

  @Test
  void equalSeedsGiveEqualIntervals() {
    double[] sums = new SplittableRandom(5).doubles(100).toArray();
    int[] counts = new int[sums.length];
    Arrays.fill(counts, 1);

    assertThat(Interval.of(sums, counts, 6)).isEqualTo(Interval.of(sums, counts, 6));
    assertThat(Interval.of(sums, counts, 6)).isNotEqualTo(Interval.of(sums, counts, 7));
  }
}
