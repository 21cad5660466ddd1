package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erasures: how soon they take effect, how many, what they do to others, and when they end. */
@Command(
    name = "erasure",
    description =
        "erasures over HTTPS, one by one and many at once beside rankings, until nothing opens",
    mixinStandardHelpOptions = true)
public final class ErasureMeasurement extends Measurement {
  @Option(
      names = "--people",
      defaultValue = "1000",
      description = "viewers who rank and stay; ${DEFAULT-VALUE}")
  private int people;

  @Option(
      names = "--one-by-one",
      defaultValue = "1000",
      description = "erasures one after the other; ${DEFAULT-VALUE}")
  private int oneByOne;

  @Option(
      names = "--together",
      defaultValue = "10000",
      description = "erasures as fast as they are taken; ${DEFAULT-VALUE}")
  private int together;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "of rankings without erasures; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    people = 100;
    oneByOne = 100;
    together = 500;
    seconds = 2;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create()) {
      var numbers = new ErasureBench.Numbers(people, oneByOne, together);
      var result =
          new ErasureBench(folder.path(), numbers, Duration.ofSeconds(seconds), progress).run();
      report.heading("%,d erasures one after the other", oneByOne);
      var latency = result.latency();
      report.row("erasure, p50", "ms", "%.1f", millis(latency.getValueAtPercentile(50)));
      report.row(
          "erasure, p99",
          "ms",
          "%.1f",
          millis(latency.getValueAtPercentile(99)),
          Goal.atMost(1_000));
      report.heading(
          "%,d erasures on 64 connections, beside %.0f rankings per second of %,d others",
          together, result.rate(), people);
      var before = Samples.of(result.before().millis(99));
      var during = Samples.of(result.during().millis(99));
      report.row("erasures", "/s", "%.0f", Samples.of(result.erasuresPerSecond()));
      report.row("p99 of rankings before", "ms", "%.1f", before);
      report.row("p99 of rankings beside erasures", "ms", "%.1f", during);
      report.row("p99 beside : before", "", "%.2f", during.over(before));
      report.row(
          "rankings refused",
          "",
          "%.0f",
          Samples.of((double) (result.before().failed() + result.during().failed())),
          Goal.atMost(0));
      report.heading("after the last answer, a rotation being asked for");
      report.row("until all are purged", "s", "%.1f", Samples.of(result.purged()));
      report.row("until all are unrecoverable", "s", "%.1f", Samples.of(result.unrecoverable()));
    }
  }

  private static Samples millis(long nanos) {
    return Samples.of(nanos / 1e6);
  }
}
