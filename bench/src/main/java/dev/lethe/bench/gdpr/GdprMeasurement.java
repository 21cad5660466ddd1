package dev.lethe.bench.gdpr;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.edge.Pairs;
import dev.lethe.bench.edge.Stage;
import dev.lethe.bench.flight.FlightRecording;
import dev.lethe.bench.flight.Part;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** GDPRbench over HTTPS. */
@Command(
    name = "gdprbench",
    description =
        "the workloads of GDPRbench over HTTPS, beside plain JSON with an index of purposes",
    mixinStandardHelpOptions = true)
public final class GdprMeasurement extends Measurement {
  private static final int EVENTS = 10;
  private static final Duration VALID = Duration.ofHours(4);

  /** What the paper asks how much it costs. */
  private static final Set<Part> COSTS =
      EnumSet.of(Part.CRYPTO, Part.CONSENT, Part.AUDIT, Part.NETWORK);

  @Option(
      names = "--people",
      split = ",",
      defaultValue = "10000,100000",
      description = "with ten events each; ${DEFAULT-VALUE}")
  private List<Integer> people = List.of();

  @Option(names = "--runs", defaultValue = "3", description = "pairs of runs; ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      defaultValue = "3",
      description = "of each server in a run; ${DEFAULT-VALUE}")
  private int seconds;

  @Override
  protected void shorten() {
    people = List.of(500);
    runs = 1;
    seconds = 1;
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    for (var operation : Operation.values()) {
      report.heading("  %-22s %s", name(operation), operation.calls());
    }
    Operation.REFUSED.forEach(refused -> report.heading("  refused: %s", refused));
    for (int number : people) {
      try (var folder = TemporaryFolder.create();
          var stage = new Stage(folder.path(), number, EVENTS, progress);
          var admin = stage.admin()) {
        measure(report, progress, stage, admin, folder.path());
      }
    }
  }

  private void measure(
      Report report, PrintStream progress, Stage stage, HttpsCaller admin, Path folder) {
    int number = stage.viewers().tokens().size();
    var auditor = new Session.Auditor(admin, stage.issuer().token("auditor", "admin:audit", VALID));
    var newcomers = Newcomers.sign(stage.issuer(), newcomers());
    var plain = stage.plain();
    report.heading(
        "%,d people with %d events each, %d connections; median of %d [least … most]; plain JSON"
            + " keeps no logs, so the regulator's rates are of different calls",
        number, EVENTS, Stage.CONNECTIONS, runs);
    var zipf = new People(number);
    var erasedHere = new ArrayList<String>();
    var erasedThere = new ArrayList<String>();
    var once = new Newcomers(newcomers, false);
    var again = new Newcomers(newcomers, true);
    for (var workload : Workload.values()) {
      var tokens = stage.viewers().tokens();
      var lethe =
          new Load(
              new Session(
                  workload, stage.lethe(), Optional.of(auditor), tokens, zipf, once, erasedHere));
      var other =
          new Load(
              new Session(workload, plain, Optional.empty(), tokens, zipf, again, erasedThere));
      var pairs = new Pairs(lethe, other, Duration.ofSeconds(seconds), progress);
      pairs.warmUpOnce();
      var most = pairs.throughput(runs);
      var what = name(workload) + ", " + number + " people";
      report.row(what, "/s", "%.0f", most.lethe());
      report.row(what + ", plain JSON", "/s", "%.0f", most.peer());
      if (!workload.needsLog()) {
        report.row(what + " : plain JSON", "", "%.2f", most.lethe().over(most.peer()));
      }
      var recording = new FlightRecording(stage.pid(), folder.resolve(workload + ".jfr"));
      lethe.most(Stage.CONNECTIONS, Duration.ofSeconds(seconds));
      recording.report(report, name(workload), COSTS);
    }
  }

  /** Enough for a controller that is served eight thousand times a second. */
  private int newcomers() {
    return 2_000 * seconds * (runs + 2);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
