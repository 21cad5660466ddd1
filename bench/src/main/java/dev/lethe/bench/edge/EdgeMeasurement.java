package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Option;

/** One call over HTTPS at an instance, beside a server that does less. */
abstract class EdgeMeasurement extends Measurement {
  private final Edge call;

  @Option(
      names = "--people",
      defaultValue = "1000",
      description = "viewers who call; ${DEFAULT-VALUE}")
  private int people;

  @Option(names = "--runs", defaultValue = "5", description = "pairs of runs; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "of each server in a run; ${DEFAULT-VALUE}")
  private int seconds;

  EdgeMeasurement(Edge call) {
    this.call = call;
  }

  @Override
  protected void shorten() {
    people = 100;
    runs = 1;
    seconds = 2;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create()) {
      var result =
          new EdgeBench(folder.path(), people, Duration.ofSeconds(seconds), progress)
              .run(call, runs);
      report.heading("%d viewers, 64 connections; median of %d [least … most]", people, runs);
      report.row("calls", "/s", "%.0f", result.lethe());
      report.row("calls, bare server", "/s", "%.0f", result.bare());
      report.row(
          "calls : bare server",
          "",
          "%.2f",
          result.lethe().over(result.bare()),
          Goal.atLeast(0.5).keeping(0.15));
      report.heading(
          "at half load, %.0f calls per second, %d refused", result.rate(), result.failed());
      report.row("p50 at half load", "ms", "%.2f", result.median(), Goal.atMost(2));
      report.row("p99 at half load", "ms", "%.2f", result.p99(), Goal.atMost(5));
    }
  }
}
