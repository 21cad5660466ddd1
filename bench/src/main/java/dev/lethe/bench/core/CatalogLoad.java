package dev.lethe.bench.core;

import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** What it takes to load a catalogue of {@value ManyTitles#ALL} titles, and what it keeps. */
final class CatalogLoad {
  private static final double MEBIBYTE = 1 << 20;
  private static final double MOST = 1_024;

  private CatalogLoad() {}

  /**
   * Loads it a few times in this process.
   *
   * @param times at least 1
   */
  static void measure(Report report, int times) {
    byte[] file = ManyTitles.file();
    double before = used();
    var catalog = Titles.read(file);
    double heap = used() - before;
    report.heading(catalog.size() + " titles, a file of " + file.length / (1 << 20) + " MiB");
    report.row(
        "heap that they take", "MiB", "%.0f", Samples.of(heap), Goal.atMost(MOST).keeping(MOST));
    var loads = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      Titles.read(file);
      loads.add((double) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
    report.row("loading them", "ms", "%.0f", new Samples(loads));
  }

  /** After what is garbage has been collected. */
  private static double used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBIBYTE;
  }
}
