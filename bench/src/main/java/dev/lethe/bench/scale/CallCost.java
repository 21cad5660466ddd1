package dev.lethe.bench.scale;

import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import dev.lethe.bench.vault.Disclosing;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time per disclosure with all vaults kept busy in turns. Disclosures and not rankings over HTTPS:
 * TLS, JSON and scoring, most of a ranking, know nothing of how many people there are and would
 * hide what grows.
 */
final class CallCost {
  private static final int TOGETHER = 64;
  private static final double MICROS = 1e6;

  private final Ladder all = new Ladder();
  private final List<Double> sameFew = new ArrayList<>();
  private final List<PopulatedVault> vaults;
  private final Duration turn;

  private CallCost(List<PopulatedVault> vaults, Duration turn) {
    this.vaults = vaults;
    this.turn = turn;
  }

  /** Blocks. */
  static CallCost measure(
      List<PopulatedVault> vaults, int runs, Duration turn, PrintStream progress) {
    var cost = new CallCost(vaults, turn);
    vaults.forEach(vault -> cost.micros(vault, vault.people())); // warms up
    for (int run = 1; run <= runs; run++) {
      cost.run();
      progress.println("calls: run " + run + " of " + runs);
    }
    return cost;
  }

  private void run() {
    vaults.forEach(vault -> all.add(vault.people(), micros(vault, vault.people())));
    sameFew.add(micros(vaults.get(vaults.size() - 1), few()));
  }

  private int few() {
    return vaults.get(0).people();
  }

  private double micros(PopulatedVault vault, int asked) {
    return MICROS / new Load(new Disclosing(vault.vault(), asked)).most(TOGETHER, turn);
  }

  void report(Report report, Goal ratio) {
    all.report(report, "time per disclosure", "µs", "%.1f", ratio);
    report.row(
        "time per disclosure, of the most the same " + Ladder.text(few()),
        "µs",
        "%.1f",
        new Samples(sameFew));
  }
}
