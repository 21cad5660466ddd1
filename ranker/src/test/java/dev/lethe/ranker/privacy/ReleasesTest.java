package dev.lethe.ranker.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReleasesTest {
  private static final int TITLES = 40;
  private static final double MU = 0.5;

  @Property(tries = 300)
  void nobodyMovesTheCountsByMoreThanOne(
      @ForAll @Size(min = 1, max = 20)
          List<@Size(max = 60) List<@IntRange(max = TITLES - 1) Integer>> crowd) {
    int[][] people = array(crowd);
    double[] all = Releases.counts(TITLES, people);

    assertThat(norm(all, Releases.counts(TITLES, butTheFirst(people))))
        .isCloseTo(people[0].length == 0 ? 0 : 1, within(1e-9));
  }

  /** Whatever the noisy counts were by which titles are kept and weighed. */
  @Property(tries = 300)
  void nobodyMovesThePairsByMoreThanOne(
      @ForAll @Size(min = 1, max = 20)
          List<@Size(max = 60) List<@IntRange(max = TITLES - 1) Integer>> crowd,
      @ForAll @Size(TITLES) List<@DoubleRange(min = -1e6, max = 1e6) Double> counts,
      @ForAll @IntRange(min = 1, max = TITLES) int kept) {
    int[][] people = array(crowd);
    var titles = KeptTitles.of(counts.stream().mapToDouble(count -> count).toArray(), kept, 1e-3);
    double[] all = Releases.pairs(titles, people).data;

    assertThat(norm(all, Releases.pairs(titles, butTheFirst(people)).data))
        .isCloseTo(titles.places(people[0]).length == 0 ? 0 : 1, within(1e-9));
  }

  @Test
  void countsAreReleasedWithTheNoiseThatTheyNeed() {
    double[] noise = Releases.counts(20_000, new int[0][], MU, new SplittableRandom(1));

    assertThat(Arrays.stream(noise).average().orElseThrow()).isCloseTo(0, within(0.06));
    assertThat(variance(Arrays.stream(noise))).isCloseTo(1 / (MU * MU), withinPercentage(5));
  }

  @Test
  void pairsAreReleasedWithTheNoiseThatTheyNeedAndTheDiagonalToo() {
    int size = 300;
    var kept = KeptTitles.of(new double[size], size, 1);

    var noise = Releases.pairs(kept, new int[0][], MU, new SplittableRandom(1));

    var above =
        IntStream.range(0, size)
            .boxed()
            .flatMapToDouble(i -> IntStream.range(i + 1, size).mapToDouble(j -> noise.get(i, j)));
    assertThat(variance(above)).isCloseTo(1 / (MU * MU), withinPercentage(5));
    assertThat(variance(IntStream.range(0, size).mapToDouble(i -> noise.get(i, i))))
        .isCloseTo(1 / (MU * MU), withinPercentage(40));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(noise.get(i, j)).isEqualTo(noise.get(j, i));
      }
    }
  }

  @Test
  void whatIsReleasedIsWhatWasCountedAndNoise() {
    int[][] people = {{0, 1, 2}, {2, 3}};
    var kept = KeptTitles.of(Releases.counts(TITLES, people), 3, 1e-3);

    double[] counts = Releases.counts(TITLES, people, 1e9, new SplittableRandom(1));
    var pairs = Releases.pairs(kept, people, 1e9, new SplittableRandom(1));

    assertThat(norm(counts, Releases.counts(TITLES, people))).isBetween(1e-12, 1e-6);
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        assertThat(pairs.get(i, j)).isCloseTo(Releases.pairs(kept, people).get(i, j), within(1e-6));
      }
    }
  }

  @Test
  void popularTitlesAreKeptAndWeighLess() {
    var kept = KeptTitles.of(new double[] {1, 16, -5, 4, 2}, 4, 1);

    assertThat(IntStream.range(0, kept.size()).map(kept::title)).containsExactly(1, 3, 4, 0);
    assertThat(kept.weight(0)).isEqualTo(1);
    assertThat(kept.weight(3)).isCloseTo(2, within(1e-12));
    assertThat(kept.places(new int[] {0, 2, 1, 0})).containsExactly(0, 3);
  }

  /** People may come with a title twice: it counts once. */
  private static int[][] array(List<List<Integer>> crowd) {
    return crowd.stream()
        .map(watched -> watched.stream().mapToInt(title -> title).toArray())
        .toArray(int[][]::new);
  }

  private static int[][] butTheFirst(int[][] people) {
    return Arrays.copyOfRange(people, 1, people.length);
  }

  private static double norm(double[] one, double[] other) {
    return Math.sqrt(
        IntStream.range(0, one.length)
            .mapToDouble(i -> (one[i] - other[i]) * (one[i] - other[i]))
            .sum());
  }

  private static double variance(DoubleStream noise) {
    return noise.map(value -> value * value).average().orElseThrow();
  }
}
