package dev.lethe.bench.scale;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The same with few people and with many: cost per call, bytes, rotation, erasure, start. */
@Command(
    name = "scale",
    description = "what grows with the number of people: calls, bytes, rotation, erasure, start",
    mixinStandardHelpOptions = true)
public final class ScaleMeasurement extends Measurement {
  private static final int FEW_EVENTS = 10;
  private static final int MANY_EVENTS = 100;

  /** Who watched more weighs more, and brings as much memory to a fraction of the people. */
  private static final int MANY_EVENTS_PART = 20;

  /** A rotation of very many takes long, and little of it is chance. */
  private static final int MOST_ROTATIONS = 2;

  private static final Goal START = Goal.atMost(3);

  @Option(
      names = "--people",
      defaultValue = "1000000",
      description = "how many are many, at least " + Sizes.LEAST + "; ${DEFAULT-VALUE}")
  private int people;

  @Option(names = "--runs", defaultValue = "3", description = "of each vault; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--erasures",
      defaultValue = "10000",
      description = "in a run, at each vault; ${DEFAULT-VALUE}")
  private int erasures;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "of calls in a run, at each vault; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    people = 3_000;
    runs = 1;
    erasures = 500;
    seconds = 1;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    if (people < Sizes.LEAST) {
      throw new BenchException("--people must be at least " + Sizes.LEAST);
    }
    try (var folder = TemporaryFolder.create()) {
      var sizes = Sizes.upTo(people);
      var made = made(folder.path(), sizes, progress);
      bytesOfManyEvents(made.heavy(), report, progress);
      served(made, sizes, report, progress);
      starts(made, sizes, report, progress);
    }
  }

  /**
   * Folders of instances that were started once.
   *
   * @param of one for each number of people
   * @param heavy for people with many events
   * @param seconds that the starts took, of each folder while it was empty
   */
  private record Made(List<Path> of, Path heavy, Samples seconds) {}

  private static Made made(Path folder, List<Integer> sizes, PrintStream progress)
      throws IOException {
    var heavy = Files.createDirectory(folder.resolve("heavy"));
    Starts.seconds(heavy); // the files of the programs are in memory from here on
    var folders = new ArrayList<Path>();
    var seconds = new ArrayList<Double>();
    for (int size : sizes) {
      folders.add(Files.createDirectory(folder.resolve("of-" + size)));
      seconds.add(Starts.seconds(folders.get(folders.size() - 1)));
    }
    progress.println("empty instances were started");
    return new Made(folders, heavy, new Samples(seconds));
  }

  private void bytesOfManyEvents(Path folder, Report report, PrintStream progress) {
    int size = Math.max(Sizes.LEAST, people / MANY_EVENTS_PART);
    try (var vault = PopulatedVault.open(folder, size)) {
      var bytes = StoredBytes.filling(vault, MANY_EVENTS, progress);
      report.heading("%s people, three grants each", Ladder.text(size));
      bytes.report(report, MANY_EVENTS, Optional.of(Goal.atMost(1.5)));
    }
  }

  private void served(Made made, List<Integer> sizes, Report report, PrintStream progress) {
    var vaults = new ArrayList<PopulatedVault>();
    try {
      for (int i = 0; i < sizes.size(); i++) {
        vaults.add(PopulatedVault.open(made.of().get(i), sizes.get(i)));
        var bytes = StoredBytes.filling(vaults.get(i), FEW_EVENTS, progress);
        if (i == sizes.size() - 1) {
          report.heading("%s people, three grants each", Ladder.text(people));
          bytes.report(report, FEW_EVENTS, Optional.empty());
        }
      }
      report.heading("in turns; median of %d [least … most]", runs);
      CallCost.measure(vaults, runs, Duration.ofSeconds(seconds), progress)
          .report(report, Goal.atMost(1.25).keeping(4));
      var rates = new ActRates(vaults, progress);
      var faster = Goal.atLeast(0.8);
      rates
          .rotations(Math.min(runs, MOST_ROTATIONS))
          .report(report, "resealed", "/s", "%.0f", faster);
      rates.erasures(runs, erasures).report(report, "erased", "/s", "%.0f", faster);
      report.heading(
          "folders with ledgers of %,d entries",
          vaults.get(vaults.size() - 1).figures().ledger().entries());
    } finally {
      vaults.forEach(PopulatedVault::close);
    }
  }

  private void starts(Made made, List<Integer> sizes, Report report, PrintStream progress) {
    report.row("start, empty folder", "s", "%.2f", made.seconds(), START);
    for (int i = 0; i < sizes.size(); i++) {
      var seconds = new ArrayList<Double>();
      var loading = new ArrayList<Double>();
      for (int run = 1; run <= runs; run++) {
        seconds.add(Starts.seconds(made.of().get(i)));
        loading.add(Starts.loading(made.of().get(i)));
      }
      var with = "start, " + Ladder.text(sizes.get(i)) + " people";
      report.row(with, "s", "%.2f", new Samples(seconds), START);
      report.row(with + ": Redis loads", "s", "%.2f", new Samples(loading));
      progress.println(with);
    }
  }
}
