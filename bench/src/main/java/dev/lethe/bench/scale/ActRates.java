package dev.lethe.bench.scale;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.load.Batch;
import dev.lethe.bench.vault.Population;
import dev.lethe.bench.vault.Rotating;
import dev.lethe.vault.api.VaultRequest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How fast vaults rotate and erase, in turns. Calls block. */
final class ActRates {
  private static final Duration LOOK_EVERY = Duration.ofMillis(2);
  private static final Duration REST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int WARM_UP_PART = 10;

  private final List<PopulatedVault> vaults;
  private final PrintStream progress;

  /**
   * @param vaults the one with the most people last
   */
  ActRates(List<PopulatedVault> vaults, PrintStream progress) {
    this.vaults = vaults;
    this.progress = progress;
  }

  /** People resealed per second by rotations. */
  Ladder rotations(int runs) {
    var rates = new Ladder();
    vaults.subList(0, vaults.size() - 1).forEach(ActRates::rotate); // warms up
    for (int run = 1; run <= runs; run++) {
      for (var vault : vaults) {
        rates.add(vault.people(), rotate(vault));
      }
      progress.println("rotations: run " + run + " of " + runs);
    }
    return rates;
  }

  private static double rotate(PopulatedVault vault) {
    return vault.people() / new Rotating(vault.vault(), LOOK_EVERY).once().resealing();
  }

  /**
   * Erasures per second. Those who are erased come in before, so that as many people stay as there
   * were; what is left is the ledger.
   *
   * @param batch erasures in a run, at each of the vaults
   */
  Ladder erasures(int runs, int batch) {
    var rates = new Ladder();
    int warmUp = Math.max(1, batch / WARM_UP_PART);
    for (var vault : vaults) {
      erase(vault, vault.people(), warmUp);
      awaitPurged(vault);
    }
    for (int run = 1; run <= runs; run++) {
      for (var vault : vaults) {
        int from = vault.people() + warmUp + (run - 1) * batch;
        rates.add(vault.people(), erase(vault, from, batch));
        // Redis rewrites its file after erasures, which would disturb the next vault's turn.
        awaitPurged(vault);
      }
      progress.println("erasures: run " + run + " of " + runs);
    }
    return rates;
  }

  private double erase(PopulatedVault vault, int from, int number) {
    new Population(vault.vault()).add(from, number, progress);
    return number
        / Batch.seconds(
            number,
            Population.TOGETHER,
            i ->
                vault
                    .vault()
                    .ask(new VaultRequest.Erase(Population.administrator(from + i), "bench")));
  }

  private static void awaitPurged(PopulatedVault vault) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (vault.figures().pending().purged() > 0) {
      if (System.nanoTime() - end > 0) {
        throw new BenchException("erasures are not purged");
      }
      LockSupport.parkNanos(REST.toNanos());
    }
  }
}
