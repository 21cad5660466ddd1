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
import java.util.List;
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

  /** How many are learned about: time goes with the cube of it. */
  private int titles = Viewers.TITLES;

  @Override
  protected void shorten() {
    people = 2_000; // with fewer, too few share a pair of titles
    titles = 500;
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
    var operator = stage.issuer().token("bench-operator", "admin:catalog", VALID);
    var viewer = stage.viewers().tokens().get(0);
    var training = new Training(stage.lethe(), admin, operator, viewer, titles);
    var rankings = Edge.RANK.load(stage.lethe(), stage.viewers());
    var turns = new BesideTraining(rankings, training, Duration.ofSeconds(seconds), progress);
    turns.warmUp();
    var half = turns.halfLoad(runs);
    report.heading(
        "%,d viewers, %.0f rankings per second, half load; median of %d [least … most]",
        people, half.rate(), runs);
    row(report, "p50", half.without(50), half.beside(50), Goal.atMost(1.2));
    row(report, "p99", half.without(99), half.beside(99), Goal.atMost(2));
    report.row("a training, from the first who is asked", "s", "%.0f", half.lasted());
    report.row("rankings refused", "", "%.0f", Samples.of((double) half.failed()), Goal.atMost(0));
  }

  private static void row(Report report, String name, Samples without, Samples beside, Goal goal) {
    report.row(name + " without a training", "ms", "%.2f", without);
    report.row(name + " beside one", "ms", "%.2f", beside);
    report.row(name + " beside : without", "", "%.2f", beside.over(without), goal);
  }
}
