package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.flight.FlightRecording;
import dev.lethe.bench.flight.Part;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
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
  @Mixin private Turns turns = new Turns();

  @Override
  protected void shorten() {
    turns.shorten();
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create();
        var stage = new Stage(folder.path(), turns.people, Edge.EVENTS_EACH, progress)) {
      var plain = stage.plain();
      report.heading(
          "%d viewers, %d connections; median of %d [least … most]",
          turns.people, Stage.CONNECTIONS, turns.runs);
      for (var call : List.of(Edge.RANK, Edge.PROFILE, Edge.EVENTS)) {
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
            Goal.atLeast(0.9).keeping(0.1));
        var recording = new FlightRecording(stage.pid(), folder.path().resolve(name + ".jfr"));
        lethe.most(Stage.CONNECTIONS, turns.turn());
        recording.report(report, name, EnumSet.allOf(Part.class));
      }
    }
  }
}
