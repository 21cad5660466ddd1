package dev.lethe.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ServingLatencyTest {
  private static final Percentage RESOLUTION = Percentage.withPercentage(2);
  private static final long SLICE = Duration.ofMillis(50).toNanos();

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofDays(1).toNanos());
  private final ServingLatency serving = new ServingLatency(now::get);

  @Test
  void nobodyWaitsWhenNothingIsAsked() {
    assertThat(serving.p99(ServingLatency.SPAN)).isZero();
  }

  @Test
  void oneInAHundredMayTakeLonger() {
    answered(99, 3);
    answered(1, 500);
    assertThat(serving.p99(ServingLatency.SPAN)).isCloseTo(3_000_000, RESOLUTION);

    answered(2, 500);
    assertThat(serving.p99(ServingLatency.SPAN)).isCloseTo(500_000_000, RESOLUTION);
  }

  /** However many requests there were: a fast time must not push a slow one out. */
  @Test
  void remembersTheWholeSpanAndNothingBefore() {
    answered(10_000, 70);
    now.addAndGet(ServingLatency.SPAN.toNanos() - SLICE);
    answered(100_000, 20);
    assertThat(serving.p99(ServingLatency.SPAN)).isCloseTo(70_000_000, RESOLUTION);
    assertThat(serving.p99(Duration.ofMillis(200))).isCloseTo(20_000_000, RESOLUTION);

    now.addAndGet(SLICE);
    assertThat(serving.p99(ServingLatency.SPAN)).isCloseTo(20_000_000, RESOLUTION);
  }

  @Test
  void whatCannotBeIsTakenForTheNearestThatCan() {
    answered(10, -5);
    assertThat(serving.p99(ServingLatency.SPAN)).isBetween(100_000L, 200_000L);
    answered(10, Duration.ofHours(1).toMillis());
    assertThat(serving.p99(ServingLatency.SPAN))
        .isCloseTo(Duration.ofMinutes(1).toNanos(), RESOLUTION);
  }

  private void answered(int times, long millis) {
    for (int time = 0; time < times; time++) {
      serving.answered(now.get() - Duration.ofMillis(millis).toNanos());
    }
  }
}
