package dev.lethe.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Row;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LadderTest {
  private final Report report =
      new Report("scale", new PrintStream(OutputStream.nullOutputStream()));

  @Test
  void theMostIsDividedByEachOfTheOthersRunByRun() {
    var ladder = new Ladder();
    for (int run = 1; run <= 3; run++) {
      ladder.add(2_000, 30.0 * run);
      ladder.add(1_000, 20.0 * run);
      ladder.add(10, 10.0);
    }

    ladder.report(report, "time", "µs", "%.1f", Goal.atMost(1.25));

    assertThat(report.rows())
        .extracting(Row::what)
        .containsExactly(
            "time, 10 people",
            "time, 1,000 people",
            "time, 2,000 people",
            "time, 2,000 : 10",
            "time, 2,000 : 1,000");
    assertThat(report.rows().get(1).samples().values()).isEqualTo(List.of(20.0, 40.0, 60.0));
    assertThat(report.rows().get(3).samples().values()).isEqualTo(List.of(3.0, 6.0, 9.0));
    assertThat(report.rows().get(4).samples().values()).isEqualTo(List.of(1.5, 1.5, 1.5));
  }

  @Test
  void onlyRatiosHaveTheGoal() {
    var ladder = new Ladder();
    ladder.add(10, 1.0);
    ladder.add(100, 1.0);

    ladder.report(report, "time", "µs", "%.1f", Goal.atMost(1.25));

    assertThat(report.rows())
        .filteredOn(row -> row.goal().isPresent())
        .extracting(Row::what)
        .containsExactly("time, 100 : 10");
  }
}
