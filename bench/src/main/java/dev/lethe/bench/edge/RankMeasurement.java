package dev.lethe.bench.edge;

import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.PrintStream;
import java.util.ArrayList;
import picocli.CommandLine.Command;

/** Rankings. */
@Command(
    name = "rank",
    description = "rankings of 100 candidates over HTTPS, beside a server that only reads Redis",
    mixinStandardHelpOptions = true)
public final class RankMeasurement extends EdgeMeasurement {
  public RankMeasurement() {
    super(Edge.RANK);
  }

  /** The same rankings with and without profiling, in turns. */
  @Override
  void addRows(Report report, Stage stage, Pairs.Pace pace, PrintStream progress) {
    var personal = Edge.RANK.load(stage.lethe(), stage.viewers());
    var optedOut = Edge.OPTED_OUT.load(stage.lethe(), stage.viewers());
    optedOut.at(pace.rate(), pace.turn()); // warms it up
    var medians = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (int run = 0; run < pace.runs(); run++) {
      medians.add(optedOut.at(pace.rate(), pace.turn()).millis(50));
      beside.add(personal.at(pace.rate(), pace.turn()).millis(50));
      progress.printf(
          "run %d: p50 %.2f ms without profiling, %.2f ms with it%n",
          run + 1, medians.get(run), beside.get(run));
    }
    var without = new Samples(medians);
    report.row("p50 at half load, without profiling", "ms", "%.2f", without);
    report.row(
        "p50 without profiling : with it",
        "",
        "%.2f",
        without.over(new Samples(beside)),
        Goal.atMost(1.1));
  }
}
