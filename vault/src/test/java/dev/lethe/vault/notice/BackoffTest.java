package dev.lethe.vault.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff =
      new Backoff(new Backoff.Limits(Duration.ofSeconds(1), Duration.ofMinutes(5)), new Random(7));

  @Test
  void pausesDoubleUpToTheLongestGiveOrTakeAHalf() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(backoff.after(1)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
      assertThat(backoff.after(4)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(12));
      assertThat(backoff.after(1_000_000))
          .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(450));
    }
  }

  @Test
  void pausesDiffer() {
    assertThat(backoff.after(8)).isNotEqualTo(backoff.after(8));
  }
}
