package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.ledger.MovingClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrainingScheduleTest {
  private final MovingClock clock = new MovingClock();
  private final TrainingSchedule schedule = new TrainingSchedule(Duration.ofHours(12), clock);

  private void pass(Duration time) {
    clock.set(clock.instant().plus(time));
  }

  private void assertDueAfter(Duration wait) {
    pass(wait.minusMillis(1));
    assertThat(schedule.isDue(false)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(schedule.isDue(false)).isTrue();
  }

  @Test
  void firstIsDueAtOnceAndTheNextWhenItsTimeComes() {
    assertThat(schedule.isDue(false)).isTrue();

    schedule.begins();
    pass(Duration.ofHours(2));
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
