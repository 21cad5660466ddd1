package dev.lethe.vault.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final long LOOK = Duration.ofMillis(100).toNanos();

  private final AtomicLong now = new AtomicLong(1);
  private final ServingLatency serving = new ServingLatency(now::get);

  @Test
  void unhinderedWhileNobodyIsServed() {
    var pace = new Pace(serving, now::get);

    now.addAndGet(10 * LOOK);

    assertThat(pace.window()).isEqualTo(Pace.WIDEST);
    assertThat(pace.rest()).isZero();
  }

  @Test
  void halvesWhenServingTakesMoreThanTwiceAsLong() {
    serve(Duration.ofMillis(5));
    var pace = new Pace(serving, now::get);

    now.addAndGet(LOOK);
    serve(Duration.ofMillis(11));

    assertThat(pace.window()).isEqualTo(Pace.WIDEST / 2);
  }

  @Test
  void keepsItsPaceWhileServingTakesAtMostTwiceAsLong() {
    serve(Duration.ofMillis(5));
    var pace = new Pace(serving, now::get);

    now.addAndGet(LOOK);
    serve(Duration.ofMillis(10));

    assertThat(pace.window()).isEqualTo(Pace.WIDEST);
  }

  @Test
  void restsAtTheNarrowestAndRecoversStepByStep() {
    var pace = new Pace(serving, now::get);
    for (int look = 0; look < 20; look++) {
      now.addAndGet(LOOK);
      serve(Duration.ofMillis(50));
      pace.window();
    }
    assertThat(pace.window()).isEqualTo(Pace.NARROWEST);
    assertThat(pace.rest()).isEqualTo(Duration.ofMillis(200));

    for (int look = 0; look < 60; look++) {
      now.addAndGet(LOOK);
      pace.window();
    }

    assertThat(pace.rest()).isZero();
    assertThat(pace.window()).isEqualTo(Pace.WIDEST);
  }

  private void serve(Duration took) {
    for (int request = 0; request < 100; request++) {
      serving.ended(now.get() - took.toNanos());
    }
  }
}
