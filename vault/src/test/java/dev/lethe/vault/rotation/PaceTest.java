package dev.lethe.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long LOOK = ServingLatency.MOMENT.toNanos();

  private final AtomicLong now = new AtomicLong(1);
  private final ServingLatency serving = new ServingLatency(now::get);

  @Test
  void soonUnhinderedWhileNobodyIsServed() {
    var pace = new Pace(serving, now::get);
    assertThat(pace.window()).as("it feels its way").isEqualTo(Pace.NARROWEST);

    look(pace, 7, Duration.ZERO);

    assertThat(pace.window()).isEqualTo(Pace.WIDEST);
    assertThat(pace.rest()).isZero();
  }

  @Test
  void halvesWhenServingTakesTooLongAndGrowsByStepsFromThenOn() {
    serve(Duration.ofMillis(6));
    var pace = new Pace(serving, now::get);
    look(pace, 7, Duration.ofMillis(6));
    assertThat(pace.window()).isEqualTo(Pace.WIDEST);

    look(pace, 1, Duration.ofMillis(14));
    assertThat(pace.window()).isEqualTo(Pace.WIDEST / 2);

    look(pace, 1, Duration.ofMillis(11));
    assertThat(pace.window()).isGreaterThan(Pace.WIDEST / 2).isLessThan(Pace.WIDEST);
  }

  @Test
  void aStallCountsOnce() {
    var pace = new Pace(serving, now::get);
    look(pace, 7, Duration.ZERO);

    look(pace, 1, Duration.ofMillis(5));
    int halved = pace.window();
    look(pace, 1, Duration.ofMillis(1));

    assertThat(pace.window()).isGreaterThan(halved);
  }

  @Test
  void givesWayAtOnceWhenServingSuffersMuch() {
    var pace = new Pace(serving, now::get);
    look(pace, 7, Duration.ZERO);
    assertThat(pace.window()).isEqualTo(Pace.WIDEST);

    look(pace, 1, Duration.ofMillis(50));

    assertThat(pace.window()).isEqualTo(Pace.NARROWEST);
  }

  @Test
  void restsAtTheNarrowestAndRecoversStepByStep() {
    var pace = new Pace(serving, now::get);
    look(pace, 20, Duration.ofMillis(50));
    assertThat(pace.window()).isEqualTo(Pace.NARROWEST);
    assertThat(pace.rest()).isEqualTo(Duration.ofMillis(200));

    look(pace, 60, Duration.ZERO);

    assertThat(pace.rest()).isZero();
    assertThat(pace.window()).isEqualTo(Pace.WIDEST);
  }

  /** Time goes on, in which requests take so long, or none are made. */
  private void look(Pace pace, int times, Duration took) {
    for (int time = 0; time < times; time++) {
      now.addAndGet(LOOK);
      if (!took.isZero()) {
        serve(took);
      }
      pace.window();
    }
  }

  private void serve(Duration took) {
    for (int request = 0; request < 100; request++) {
      serving.answered(now.get() - took.toNanos());
    }
  }
}
