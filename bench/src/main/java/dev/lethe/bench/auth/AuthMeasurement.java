package dev.lethe.bench.auth;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Token checks. */
@Command(
    name = "auth",
    description = "token checks over HTTPS, beside HAProxy's jwt_verify",
    mixinStandardHelpOptions = true)
public final class AuthMeasurement extends Measurement {
  @Option(names = "--runs", defaultValue = "5", description = "pairs of runs; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "of each server in a run; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    runs = 1;
    seconds = 2;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    Wrk.PROGRAM.require();
    HaProxy.PROGRAM.require();
    try (var folder = TemporaryFolder.create()) {
      var results = new AuthBench(folder.path(), runs, Duration.ofSeconds(seconds), progress).run();
      report.heading(
          "GET of a title, %d connections; median of %d [least … most]", Wrk.CONNECTIONS, runs);
      add(report, "RS256, repeated", results.repeated(), Goal.atLeast(2).keeping(0.1));
      add(report, "RS256, all distinct", results.rs256(), Goal.atLeast(1).keeping(0.1));
      add(report, "ES256, all distinct", results.es256(), Goal.atLeast(0.8).keeping(0.1));
    }
  }

  private static void add(Report report, String tokens, AuthBench.Result result, Goal goal) {
    report.row(tokens, "/s", "%.0f", result.lethe());
    report.row(tokens + ", HAProxy", "/s", "%.0f", result.haProxy());
    report.row(tokens + " : HAProxy", "", "%.2f", result.lethe().over(result.haProxy()), goal);
  }
}
