package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.flight.FlightRecording;
import dev.lethe.bench.flight.Part;
import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What privacy costs: the same calls with and without it. */
@Command(
    name = "tax",
    description =
        "what encryption, consent and access log cost, beside the same gateway and ranker over"
            + " plain JSON, and where the time goes",
    mixinStandardHelpOptions = true)
public final class TaxMeasurement extends Measurement {
  private static final double PERCENT = 100;

  @Mixin private Turns turns = new Turns();

  @Override
  protected void shorten() {
    turns.shorten();
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create();
        var stage = new Stage(folder.path(), turns.people, progress)) {
      var plain = stage.plain();
      report.heading(
          "%d viewers, %d connections; median of %d [least … most]",
          turns.people, Stage.CONNECTIONS, turns.runs);
      for (var call : Edge.values()) {
        var name = call.name().toLowerCase(Locale.ROOT);
        var lethe = call.load(stage.lethe(), stage.viewers());
        var pairs = new Pairs(lethe, call.load(plain, stage.viewers()), turns.turn(), progress);
        pairs.warmUp();
        var most = pairs.throughput(turns.runs);
        report.row(name, "/s", "%.0f", most.lethe());
        report.row(name + ", plain JSON", "/s", "%.0f", most.peer());
        report.row(
            name + " : plain JSON",
            "",
            "%.2f",
            most.lethe().over(most.peer()),
            Goal.atLeast(0.9).keeping(0.3));
        split(report, name, stage, folder.path().resolve(name + ".jfr"), lethe);
      }
    }
  }

  private void split(Report report, String name, Stage stage, Path file, Load lethe) {
    var recording = new FlightRecording(stage.pid(), file);
    lethe.most(Stage.CONNECTIONS, turns.turn());
    var shares = recording.shares();
    for (var part : Part.values()) {
      double share = shares.getOrDefault(part, 0.0);
      report.row(
          "  of " + name + ": " + part.text(), "%", "%.1f", new Samples(List.of(share * PERCENT)));
    }
  }
}
