package dev.lethe.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  private static final Samples ODD = new Samples(List.of(9.0, 1.0, 4.0));

  @Test
  void theMedianIsTheMiddleOne() {
    assertThat(ODD.median()).isEqualTo(4);
    assertThat(new Samples(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
  }

  @Test
  void ratiosAreTakenRunByRun() {
    assertThat(ODD.over(new Samples(List.of(3.0, 2.0, 4.0))).values())
        .containsExactly(3.0, 0.5, 1.0);
  }

  @Test
  void theSpreadIsShown() {
    assertThat(ODD.format("%.1f")).isEqualTo("4.0 [1.0 … 9.0]");
  }
}
