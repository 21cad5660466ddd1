package dev.lethe.bench;

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
      description = "how fast an idle vault brings everybody under a new epoch",
      mixinStandardHelpOptions = true)
  int rotation(
      @Option(names = "--people", defaultValue = "1000000", description = "three grants each")
          int people,
      @Option(names = "--runs", defaultValue = "3", description = "pairs of runs") int runs)
      throws IOException {
    var data = Files.createTempDirectory("lethe-bench-");
    try (var vault = new VaultUnderTest(data, "bench")) {
      var result = new RotationBench(vault, progress).run(people, runs);
      out.printf("%d people, three grants each; median of %d [least … most]%n", people, runs);
      line("people resealed per second", result.resealing().format("%.0f"));
      line("people per second, request to destruction", result.whole().format("%.0f"));
      line("redis-benchmark, same script, runs per second", result.script().format("%.0f"));
      line("ratio", result.resealing().over(result.script()).format("%.2f"));
      line("heap after collections at most, MiB", mebibytes(result.heap()).format("%.0f"));
      return CommandLine.ExitCode.OK;
    } finally {
      remove(data);
    }
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
