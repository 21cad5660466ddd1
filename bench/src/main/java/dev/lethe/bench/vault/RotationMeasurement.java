package dev.lethe.bench.vault;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Rotations of an idle vault and of a serving one. */
@Command(
    name = "rotation",
    description =
        "how fast an idle vault brings everybody under a new epoch, and what that does to serving",
    mixinStandardHelpOptions = true)
public final class RotationMeasurement extends Measurement {
  private static final double MEBIBYTE = 1 << 20;

  @Option(
      names = "--people",
      defaultValue = "1000000",
      description = "three grants each; ${DEFAULT-VALUE}")
  private int people;

  @Option(names = "--runs", defaultValue = "3", description = "pairs of runs; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "of half load without a rotation in a run; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    people = 5_000;
    runs = 1;
    seconds = 12;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create();
        var vault = new VaultUnderTest(folder.path(), "bench")) {
      var redis = new RedisTools(vault.redisConf());
      new Population(vault).add(people, progress);
      report.heading("%d people, three grants each; median of %d [least … most]", people, runs);
      var idle = new RotationBench(vault, redis, progress).run(people, runs);
      report.row("people resealed", "/s", "%.0f", idle.resealing(), Goal.atLeast(30_000));
      report.row("people from request to destruction", "/s", "%.0f", idle.whole());
      report.row("redis-benchmark, same script", "/s", "%.0f", idle.script());
      report.row(
          "resealed : redis-benchmark",
          "",
          "%.2f",
          idle.resealing().over(idle.script()),
          Goal.atLeast(0.6));
      report.row("processor time per person, vault", "µs", "%.1f", idle.vaultCpu());
      report.row("processor time per person, Redis", "µs", "%.1f", idle.redisCpu());
      report.row("heap after collections at most", "MiB", "%.0f", mebibytes(idle.heap()));
      var half = new HalfLoadBench(vault, Duration.ofSeconds(seconds), progress).run(people, runs);
      report.heading("at half load, %.0f disclosures per second", half.rate());
      report.row("people resealed at half load", "/s", "%.0f", half.resealing());
      report.row("p99 without a rotation", "ms", "%.1f", half.quiet());
      report.row("p99 during a rotation", "ms", "%.1f", half.rotating());
      report.row(
          "p99 during : without", "", "%.2f", half.rotating().over(half.quiet()), Goal.atMost(2));
      // What is refused has no latency: without this row the one above would hold all the sooner.
      report.row(
          "disclosures refused", "", "%.0f", Samples.of((double) half.failed()), Goal.atMost(0));
    }
  }

  private static Samples mebibytes(Samples bytes) {
    return new Samples(bytes.values().stream().map(value -> value / MEBIBYTE).toList());
  }
}
