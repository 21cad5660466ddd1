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

  private final VaultUnderTest vault;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * @param turn how long a turn without a rotation is: disks are slow now and then, and a turn much
   *     shorter than a rotation would miss it; a quarter of it finds what the most is
   */
  HalfLoadBench(VaultUnderTest vault, Duration turn, PrintStream progress) {
    this.vault = vault;
    this.turn = turn;
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
    double rate = load.most(TOGETHER, turn.dividedBy(4)) / 2;
    progress.printf("half load is %.0f disclosures/s%n", rate);
    var without = new ArrayList<Double>();
    var rotating = new ArrayList<Double>();
    var resealing = new ArrayList<Double>();
    long failed = 0;
    for (int run = 1; run <= runs; run++) {
      var undisturbed = load.at(rate, turn);
      var rotation = CompletableFuture.supplyAsync(() -> new Rotating(vault).once());
      var with = load.at(rate, rotation::isDone);
      without.add(undisturbed.millis(99));
      rotating.add(with.millis(99));
      resealing.add(people / rotation.join().resealing());
      failed += undisturbed.failed() + with.failed();
      progress.printf(
          "run %d: p99 %.1f ms without, %.1f ms with a rotation at %.0f people/s%n",
          run, undisturbed.millis(99), with.millis(99), resealing.get(run - 1));
    }
    return new Result(
        rate, new Samples(without), new Samples(rotating), new Samples(resealing), failed);
  }
}
