package dev.lethe.bench.vault;

import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Samples;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/**
 * What a rotation does to serving: disclosures at half of the rate that the vault reaches without
 * one, in turns without and with a rotation. Load and vault share this process and its processors.
 */
final class HalfLoadBench {
  private static final int TOGETHER = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration QUIET = Duration.ofSeconds(12);

  private final VaultUnderTest vault;
  private final PrintStream progress;

  HalfLoadBench(VaultUnderTest vault, PrintStream progress) {
    this.vault = vault;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param rate disclosures per second
   * @param quiet 99th percentile without a rotation, in milliseconds
   * @param rotating the same from a rotation's beginning to its end
   * @param resealing people per second meanwhile
   * @param failed requests that were refused
   */
  record Result(double rate, Samples quiet, Samples rotating, Samples resealing, long failed) {}

  Result run(int people, int runs) {
    var load = new Load(new Disclosing(vault, people));
    load.most(TOGETHER, WARM_UP);
    double rate = load.most(TOGETHER, WARM_UP) / 2;
    progress.printf("half load is %.0f disclosures/s%n", rate);
    var quiet = new ArrayList<Double>();
    var rotating = new ArrayList<Double>();
    var resealing = new ArrayList<Double>();
    long failed = 0;
    for (int run = 1; run <= runs; run++) {
      var without = load.at(rate, QUIET);
      var rotation = CompletableFuture.supplyAsync(() -> new Rotating(vault).once());
      var with = load.at(rate, rotation::isDone);
      quiet.add(without.millis(99));
      rotating.add(with.millis(99));
      resealing.add(people / rotation.join().resealing());
      failed += without.failed() + with.failed();
      progress.printf(
          "run %d: p99 %.1f ms without, %.1f ms with a rotation at %.0f people/s%n",
          run, without.millis(99), with.millis(99), resealing.get(run - 1));
    }
    return new Result(
        rate, new Samples(quiet), new Samples(rotating), new Samples(resealing), failed);
  }
}
