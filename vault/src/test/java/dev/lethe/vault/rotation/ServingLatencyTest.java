package dev.lethe.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ServingLatencyTest {
  private static final Percentage RESOLUTION = Percentage.withPercentage(2);

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofDays(1).toNanos());
  private final ServingLatency serving = new ServingLatency(now::get);

  @Test
  void nobodyWaitsWhenNothingIsAsked() {
    assertThat(serving.p99()).isZero();
    assertThat(serving.usualP99()).isZero();
  }

  @Test
  void whoIsAnsweredIsServedForAMoment() {
    assertThat(serving.isServing()).isFalse();

    answered(1, 0);
    assertThat(serving.isServing()).isTrue();

    now.addAndGet(ServingLatency.MOMENT.toNanos());
    assertThat(serving.isServing()).isFalse();
  }

  @Test
  void oneInAHundredMayTakeLonger() {
    answered(99, 3);
    answered(1, 500);
    assertThat(serving.p99()).isCloseTo(3_000_000, RESOLUTION);

    answered(2, 500);
    assertThat(serving.p99()).isCloseTo(500_000_000, RESOLUTION);
  }

  @Test
  void momentsThatFollowEachOtherShareNothing() {
    answered(100, 70);
    assertThat(serving.p99()).isCloseTo(70_000_000, RESOLUTION);

    now.addAndGet(ServingLatency.MOMENT.toNanos());
    assertThat(serving.p99()).isZero();

    answered(100, 20);
    assertThat(serving.p99()).isCloseTo(20_000_000, RESOLUTION);
  }

  /** However many requests a moment had, it counts as one. */
  @Test
  void aStallIsNotUsual() {
    for (int moment = 0; moment < 50; moment++) {
      now.addAndGet(ServingLatency.MOMENT.toNanos());
      answered(moment % 10 == 0 ? 10_000 : 100, moment % 10 == 0 ? 900 : 20);
    }
    assertThat(serving.usualP99()).isCloseTo(20_000_000, RESOLUTION);

    now.addAndGet(ServingLatency.SPAN.toNanos());
    assertThat(serving.usualP99()).as("nothing of before is remembered").isZero();
  }

  @Test
  void whatCannotBeIsTakenForTheNearestThatCan() {
    answered(10, -5);
    assertThat(serving.p99()).isBetween(100_000L, 200_000L);
    answered(10, Duration.ofHours(1).toMillis());
    assertThat(serving.p99()).isCloseTo(Duration.ofMinutes(1).toNanos(), RESOLUTION);
  }

  private void answered(int times, long millis) {
    for (int time = 0; time < times; time++) {
      serving.answered(now.get() - Duration.ofMillis(millis).toNanos());
    }
  }
}
