package dev.lethe.bench.conns;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Memory with many connections. */
@Command(
    name = "conns",
    description = "the memory of an instance with many kept TLS connections",
    mixinStandardHelpOptions = true)
public final class ConnsMeasurement extends Measurement {
  private static final double MB = 1e6;
  private static final int GOAL_MB = 512;

  /** Files that a process has open besides connections. */
  private static final int OTHER_FILES = 500;

  @Option(
      names = "--connections",
      defaultValue = "10000",
      description = "kept at once; ${DEFAULT-VALUE}")
  private int connections;

  @Override
  protected void shorten() {
    connections = 1_000;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    long most = Proc.of(ProcessHandle.current().pid()).mostOpenFiles();
    if (most < connections + OTHER_FILES) {
      throw new BenchException(
          connections
              + " connections need as many open files and "
              + OTHER_FILES
              + " more, and a process may have "
              + most
              + ": raise it (ulimit -n)");
    }
    try (var folder = TemporaryFolder.create()) {
      var result = new ConnsBench(folder.path(), connections, progress).run();
      report.heading("an instance with %d TLS connections", connections);
      report.row("resident, no connection", "MB", "%.0f", one(result.idle() / MB));
      var goal = Goal.atMost(GOAL_MB).keeping(GOAL_MB);
      report.row("resident, connected", "MB", "%.0f", one(result.connected() / MB), goal);
      report.row("resident, after more requests", "MB", "%.0f", one(result.later() / MB), goal);
      double each = (double) (result.later() - result.idle()) / connections;
      report.row("for each connection", "B", "%.0f", one(each));
      report.row("requests refused", "", "%.0f", one((double) result.refused()), Goal.atMost(0));
    }
  }

  private static Samples one(double value) {
    return new Samples(List.of(value));
  }
}
