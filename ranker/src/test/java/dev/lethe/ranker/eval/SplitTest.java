package dev.lethe.ranker.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitTest {
  private static final int[][] WATCHED = {{5, 3, 9, 1, 7, 2, 8, 0, 4, 6}, {2, 1}, {9, 8, 7, 6, 5}};

  @Test
  void theLastFifthInTimeIsPutAside() {
    var holdout = Split.TEMPORAL.of(10, WATCHED, 1);

    assertThat(holdout.train())
        .isDeepEqualTo(new int[][] {{5, 3, 9, 1, 7, 2, 8, 0}, {2, 1}, {9, 8, 7, 6}});
    assertThat(holdout.test()).isDeepEqualTo(new int[][] {{4, 6}, {}, {5}});
  }

  @Test
  void anyFifthIsPutAsideAndTheRestKeepsItsOrder() {
    var holdout = Split.RANDOM.of(10, WATCHED, 1);

    for (int person = 0; person < WATCHED.length; person++) {
      var aside = Arrays.stream(holdout.test()[person]).boxed().toList();
      assertThat(aside).hasSize(WATCHED[person].length / 5);
      assertThat(holdout.train()[person])
          .containsExactly(
              Arrays.stream(WATCHED[person]).filter(title -> !aside.contains(title)).toArray());
    }
  }

  @Test
  void anotherSeedPutsOthersAside() {
    int[][] one = {IntStream.range(0, 100).toArray()};

    assertThat(Split.RANDOM.of(100, one, 1).test())
        .isDeepEqualTo(Split.RANDOM.of(100, one, 1).test());
    assertThat(
            Arrays.deepEquals(
                Split.RANDOM.of(100, one, 1).test(), Split.RANDOM.of(100, one, 2).test()))
        .isFalse();
  }
}
