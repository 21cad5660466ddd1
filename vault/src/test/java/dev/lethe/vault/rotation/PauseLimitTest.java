package dev.lethe.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PauseLimitTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void withoutPromisesAPauseEndsWhenAnEpochWould() {
    assertThat(PauseLimit.of(NOW, DAY, Optional.empty())).isEqualTo(NOW.plus(DAY));
  }

  @Test
  void endsHalfAnHourBeforeTheEarliestPromise() {
    var promise = NOW.plus(Duration.ofHours(3));

    assertThat(PauseLimit.of(NOW, DAY, Optional.of(promise)))
        .isEqualTo(NOW.plus(Duration.ofMinutes(150)));
  }

  @Test
  void isOverAtOnceWhenAPromiseIsDue() {
    assertThat(PauseLimit.of(NOW, DAY, Optional.of(NOW.plusSeconds(60)))).isEqualTo(NOW);
  }
}
