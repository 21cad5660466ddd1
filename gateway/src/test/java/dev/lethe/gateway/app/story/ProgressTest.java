package dev.lethe.gateway.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a crash test says of itself when its process ends. */
final class ProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(
          7,
          new Stage(
              config -> {
                throw new AssertionError("nothing starts");
              },
              Clock.systemUTC(),
              new PrintStream(out, true, UTF_8),
              new PrintStream(new ByteArrayOutputStream(), true, UTF_8)));

  private List<String> saidWhenStopped() {
    progress.stopped();
    return out.toString(UTF_8).lines().toList();
  }

  @Test
  void oneThatIsStoppedSaysHowFarItCameAndWhatItDidNotCheck() {
    progress.lost(1);
    progress.played(1, List.of(new Witness("token", 1)));
    progress.lost(2);
    progress.played(2, List.of(new Witness("token", 1), new Witness("token", 2)));
    // In a third round, which does not end.
    progress.lost(1);

    assertThat(saidWhenStopped())
        .containsExactly(
            "rounds       2 of 7, stopped",
            "people       2",
            "acknowledged 0",
            "losses       4 seen; what came last is not checked",
            "chains       not checked");
  }

  @Test
  void oneThatIsStoppedAtOnceClaimsNothing() {
    assertThat(saidWhenStopped())
        .startsWith("rounds       0 of 7, stopped", "people       0", "acknowledged 0");
  }

  @Test
  void oneThatEndedLeavesTheWordToTheSummary() {
    progress.played(7, List.of());
    progress.ended();
    assertThat(saidWhenStopped()).isEmpty();
  }
}
