package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class TrainingScheduleTest {
  private Instant now = Instant.parse("2026-11-27T12:00:00Z");
  private final TrainingSchedule schedule =
      new TrainingSchedule(
          Duration.ofHours(12),
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  private void assertDueAfter(Duration wait) {
    now = now.plus(wait).minusMillis(1);
    assertThat(schedule.isDue(false)).isFalse();
    now = now.plusMillis(1);
    assertThat(schedule.isDue(false)).isTrue();
  }

  @Test
  void firstIsDueAtOnceAndTheNextWhenItsTimeComes() {
    assertThat(schedule.isDue(false)).isTrue();

    schedule.begins();
    now = now.plus(Duration.ofHours(2));
    schedule.succeeded(true);

    assertDueAfter(Duration.ofHours(10));
  }

  @Test
  void whileNothingIsServedItIsTriedEachHour() {
    schedule.begins();
    schedule.succeeded(false);

    assertDueAfter(Duration.ofHours(1));
  }

  @Test
  void whatIsStaleIsLearnedAnewAtOnce() {
    schedule.begins();
    schedule.succeeded(true);

    assertThat(schedule.isDue(true)).isTrue();
  }

  @Test
  void failuresAreWaitedForLongerAndLongerAlsoWhenStale() {
    for (long seconds : new long[] {10, 20, 40, 80, 160, 320, 640, 640}) {
      schedule.failed();
      assertThat(schedule.isDue(true)).isFalse();
      assertDueAfter(Duration.ofSeconds(seconds));
    }

    schedule.succeeded(true);
    schedule.failed();
    assertDueAfter(Duration.ofSeconds(10));
  }
}
