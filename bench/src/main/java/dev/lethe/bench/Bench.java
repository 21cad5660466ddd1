package dev.lethe.bench;

import dev.lethe.bench.core.CoreBench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Entry of the bench: {@code ./lethe bench}. */
@Command(
    name = "lethe bench",
    description = "Measures Lethe beside its peers, in the same run.",
    mixinStandardHelpOptions = true)
public final class Bench {
  private static final double MEBIBYTE = 1 << 20;

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
      out.printf("%d people, three grants each; median of %d [least … most]%n", people, runs);
      var idle = new RotationBench(vault, redis, progress).run(people, 1);
      line("people resealed per second", idle.resealing().format("%.0f"));
      line("people per second, request to destruction", idle.whole().format("%.0f"));
      line("redis-benchmark, same script, runs per second", idle.script().format("%.0f"));
      line("ratio", idle.resealing().over(idle.script()).format("%.2f"));
      line("processor time per person, vault, µs", idle.vaultCpu().format("%.1f"));
      line("processor time per person, Redis, µs", idle.redisCpu().format("%.1f"));
      line("heap after collections at most, MiB", mebibytes(idle.heap()).format("%.0f"));
      var half = new HalfLoadBench(vault, progress).run(people, runs);
      out.printf("at half load, %.0f disclosures per second%n", half.rate());
      line("people resealed per second", half.resealing().format("%.0f"));
      line("p99 without a rotation, ms", half.quiet().format("%.1f"));
      line("p99 during a rotation, ms", half.rotating().format("%.1f"));
      line("ratio", half.rotating().over(half.quiet()).format("%.2f"));
      line("refused", Long.toString(half.failed()));
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
    var home = Path.of(System.getProperty("lethe.home", ""));
    new CoreBench(out, progress).run(hurried, home.resolve("bench/target/bench/core.json"));
    return CommandLine.ExitCode.OK;
  }

  private static Samples mebibytes(Samples bytes) {
    return new Samples(bytes.values().stream().map(value -> value / MEBIBYTE).toList());
  }

  private void line(String what, String figure) {
    out.printf(Locale.ROOT, "  %-48s %s%n", what, figure);
  }

  private static void remove(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
