package dev.lethe.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SizesTest {
  @Test
  void aMillionIsBesideAThousandAndWhatLiesBetweenByRatio() {
    assertThat(Sizes.upTo(1_000_000)).containsExactly(1_000, 30_000, 1_000_000);
  }

  @Test
  void theEndsStayApart() {
    assertThat(Sizes.upTo(3_000)).containsExactly(300, 900, 3_000);
    assertThat(Sizes.upTo(Sizes.LEAST)).containsExactly(10, 30, Sizes.LEAST);
  }
}
