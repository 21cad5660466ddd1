package dev.lethe.bench;

import dev.lethe.bench.core.CoreBench;
import dev.lethe.bench.edge.Edge;
import dev.lethe.bench.edge.EdgeBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Entry of the bench: {@code ./lethe bench}. */
@Command(
    name = "lethe bench",
    description = "Measures Lethe beside its peers, in the same run.",
    mixinStandardHelpOptions = true)
public final class Bench {
  private static final double MEBIBYTE = 1 << 20;

  /** Beside the sources, where the launcher says that they are. */
  private static final Path RESULTS =
      Path.of(System.getProperty("lethe.home", ""), "bench", "target", "results");

  private final PrintStream out = System.out;
  private final PrintStream progress = System.err;

  private Bench() {}

  /** Runs a bench and ends the process: 0 done, 1 failed, 2 asked wrongly. */
  public static void main(String[] arguments) {
    var line = new CommandLine(new Bench());
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          if (!(failure instanceof BenchException)) {
            throw failure;
          }
          command.getErr().println("lethe bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(line.execute(arguments));
  }

  @Command(
      description =
          "how fast an idle vault brings everybody under a new epoch, and what that does to serving",
      mixinStandardHelpOptions = true)
  int rotation(
      @Option(names = "--people", defaultValue = "1000000", description = "three grants each")
          int people,
      @Option(names = "--runs", defaultValue = "3", description = "pairs of runs") int runs)
      throws IOException {
    var data = Files.createTempDirectory("lethe-bench-");
    try (var vault = new VaultUnderTest(data, "bench")) {
      var redis = new RedisTools(vault.redisConf());
      new Population(vault, redis).add(people, progress);
      var report = new Report("rotation", out);
      report.heading("%d people, three grants each; median of %d [least … most]", people, runs);
      var idle = new RotationBench(vault, redis, progress).run(people, runs);
      report.row("people resealed", "/s", "%.0f", idle.resealing());
      report.row("people from request to destruction", "/s", "%.0f", idle.whole());
      report.row("redis-benchmark, same script", "/s", "%.0f", idle.script());
      report.row("resealed : redis-benchmark", "", "%.2f", idle.resealing().over(idle.script()));
      report.row("processor time per person, vault", "µs", "%.1f", idle.vaultCpu());
      report.row("processor time per person, Redis", "µs", "%.1f", idle.redisCpu());
      report.row("heap after collections at most", "MiB", "%.0f", mebibytes(idle.heap()));
      var half = new HalfLoadBench(vault, progress).run(people, runs);
      report.heading(
          "at half load, %.0f disclosures per second, %d refused", half.rate(), half.failed());
      report.row("people resealed at half load", "/s", "%.0f", half.resealing());
      report.row("p99 without a rotation", "ms", "%.1f", half.quiet());
      report.row("p99 during a rotation", "ms", "%.1f", half.rotating());
      report.row("p99 during : without", "", "%.2f", half.rotating().over(half.quiet()));
      report.write(RESULTS);
      return CommandLine.ExitCode.OK;
    } finally {
      remove(data);
    }
  }

  @Command(
      description = "rankings of 100 candidates over HTTPS, beside a server that only reads Redis",
      mixinStandardHelpOptions = true)
  int rank(@Mixin Turns turns) throws IOException {
    return edge(Edge.RANK, turns);
  }

  @Command(
      description = "reading a profile over HTTPS, beside a server that only reads Redis",
      mixinStandardHelpOptions = true)
  int profile(@Mixin Turns turns) throws IOException {
    return edge(Edge.PROFILE, turns);
  }

  /** How long an edge is measured. */
  static final class Turns {
    @Option(names = "--people", defaultValue = "1000", description = "viewers who call")
    int people;

    @Option(names = "--runs", defaultValue = "5", description = "pairs of runs")
    int runs;

    @Option(names = "--seconds", defaultValue = "5", description = "of each server in a run")
    int seconds;
  }

  private int edge(Edge call, Turns turns) throws IOException {
    var data = Files.createTempDirectory("lethe-bench-");
    try {
      var result =
          new EdgeBench(data, turns.people, Duration.ofSeconds(turns.seconds), progress)
              .run(call, turns.runs);
      var report = new Report(call.name().toLowerCase(Locale.ROOT), out);
      report.heading(
          "%d viewers, 64 connections; median of %d [least … most]", turns.people, turns.runs);
      report.row("calls", "/s", "%.0f", result.lethe());
      report.row("calls, bare server", "/s", "%.0f", result.bare());
      report.row("calls : bare server", "", "%.2f", result.lethe().over(result.bare()));
      report.heading(
          "at half load, %.0f calls per second, %d refused", result.rate(), result.failed());
      report.row("p50 at half load", "ms", "%.2f", result.median());
      report.row("p99 at half load", "ms", "%.2f", result.p99());
      report.write(RESULTS);
      return CommandLine.ExitCode.OK;
    } finally {
      remove(data);
    }
  }

  @Command(
      description = "what sealing, scoring, checking tokens and JSON cost, operation by operation",
      mixinStandardHelpOptions = true)
  int core(@Option(names = "--short", description = "few and brief iterations") boolean hurried)
      throws IOException {
    new CoreBench(out, progress).run(hurried, RESULTS.resolve("core.json"));
    return CommandLine.ExitCode.OK;
  }

  private static Samples mebibytes(Samples bytes) {
    return new Samples(bytes.values().stream().map(value -> value / MEBIBYTE).toList());
  }

  private static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
