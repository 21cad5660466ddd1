package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import dev.lethe.vault.api.Purpose;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What learning from viewers does to rankings. */
@Command(
    name = "training",
    description = "rankings over HTTPS, with and without a training beside them",
    mixinStandardHelpOptions = true)
public final class TrainingMeasurement extends Measurement {
  private static final Duration VALID = Duration.ofHours(4);

  @Option(
      names = "--people",
      defaultValue = "20000",
      description = "viewers who agreed to training; ${DEFAULT-VALUE}")
  private int people;

  @Option(names = "--runs", defaultValue = "3", description = "pairs of runs; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "of rankings without a training in a run; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    people = 2_000; // with fewer, too few share a pair of titles
    runs = 1;
    seconds = 2;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    var purposes = List.of(Purpose.PERSONALIZATION, Purpose.TRAINING);
    try (var folder = TemporaryFolder.create();
        var stage = new Stage(folder.path(), people, Edge.EVENTS_EACH, purposes, progress);
        var admin = stage.admin()) {
      measure(stage, admin, report, progress);
    }
  }

  private void measure(Stage stage, HttpsCaller admin, Report report, PrintStream progress) {
    var turn = Duration.ofSeconds(seconds);
    var operator = stage.issuer().token("bench-operator", "admin:catalog", VALID);
    var viewer = stage.viewers().tokens().get(0);
    var training = new Training(stage.lethe(), admin, operator, viewer);
    var rankings = Edge.RANK.load(stage.lethe(), stage.viewers());
    Pairs.warmUp(rankings, turn.dividedBy(4));
    learn(training); // warms up as well
    double rate = rankings.most(Stage.CONNECTIONS, turn.dividedBy(4)) / 2;
    var medians = new ArrayList<Double>();
    var besideMedians = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    var besideP99 = new ArrayList<Double>();
    var lasted = new ArrayList<Double>();
    long failed = 0;
    for (int run = 1; run <= runs; run++) {
      var without = rankings.at(rate, turn);
      training.begin();
      long begun = System.nanoTime();
      var served = CompletableFuture.runAsync(training::served);
      var beside = rankings.at(rate, served::isDone);
      served.join();
      lasted.add((System.nanoTime() - begun) / 1e9);
      medians.add(without.millis(50));
      besideMedians.add(beside.millis(50));
      p99.add(without.millis(99));
      besideP99.add(beside.millis(99));
      failed += without.failed() + beside.failed();
      progress.printf(
          "run %d: p50 %.2f ms, p99 %.1f ms; beside a training of %.0f s p50 %.2f ms, p99 %.1f ms%n",
          run,
          without.millis(50),
          without.millis(99),
          lasted.get(run - 1),
          beside.millis(50),
          beside.millis(99));
    }
    report.heading(
        "%,d viewers, %.0f rankings per second, half load; median of %d [least … most]",
        people, rate, runs);
    row(report, "p50", new Samples(medians), new Samples(besideMedians), Goal.atMost(1.2));
    row(report, "p99", new Samples(p99), new Samples(besideP99), Goal.atMost(2));
    report.row("a training, from the first who is asked", "s", "%.0f", new Samples(lasted));
    report.row("rankings refused", "", "%.0f", Samples.of((double) failed), Goal.atMost(0));
  }

  private static void learn(Training training) {
    training.begin();
    training.served();
  }

  private static void row(Report report, String name, Samples without, Samples beside, Goal goal) {
    report.row(name + " without a training", "ms", "%.2f", without);
    report.row(name + " beside one", "ms", "%.2f", beside);
    report.row(name + " beside : without", "", "%.2f", beside.over(without), goal);
  }
}
