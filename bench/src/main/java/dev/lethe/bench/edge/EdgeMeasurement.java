package dev.lethe.bench.edge;

import dev.lethe.bench.Measurement;
import dev.lethe.bench.TemporaryFolder;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One call over HTTPS at an instance, beside a server that does less. */
abstract class EdgeMeasurement extends Measurement {
  private final Edge call;

  @Mixin private Turns turns = new Turns();

  @Option(
      names = "--against",
      defaultValue = "bare",
      description = "who stands beside it: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}")
  private Peer peer = Peer.BARE;

  EdgeMeasurement(Edge call) {
    this.call = call;
  }

  @Override
  protected void shorten() {
    turns.shorten();
  }

  @Override
  protected void measure(Report report, PrintStream progress) throws IOException {
    try (var folder = TemporaryFolder.create();
        var stage = new Stage(folder.path(), turns.people, Edge.EVENTS_EACH, progress)) {
      var lethe = call.load(stage.lethe(), stage.viewers());
      var other = call.load(stage.beside(peer, call), stage.viewers());
      var pairs = new Pairs(lethe, other, turns.turn(), progress);
      pairs.warmUp();
      var most = pairs.throughput(turns.runs);
      report.heading(
          "%d viewers, %d connections; median of %d [least … most]",
          turns.people, Stage.CONNECTIONS, turns.runs);
      report.row("calls", "/s", "%.0f", most.lethe());
      report.row("calls, " + peer.text(), "/s", "%.0f", most.peer());
      var ratio = most.lethe().over(most.peer());
      if (peer == Peer.BARE && call != Edge.EVENTS) {
        report.row("calls : bare server", "", "%.2f", ratio, Goal.atLeast(0.5).keeping(0.1));
      } else {
        report.row("calls : " + peer.text(), "", "%.2f", ratio);
      }
      stage.redis().watchLatency();
      var half = pairs.halfLoad(most.lethe().median() / 2, turns.runs);
      report.heading("at half load, %.0f calls per second, %d refused", half.rate(), half.failed());
      report.row("p50 at half load", "ms", "%.2f", half.median(), Goal.atMost(2));
      report.row("p99 at half load", "ms", "%.2f", half.p99(), Goal.atMost(5));
      report.row("p99 at the same rate, " + peer.text(), "ms", "%.2f", half.peerP99());
      // Redis answers nobody meanwhile.
      report.row(
          "longest sync of Redis's file meanwhile",
          "ms",
          "%.0f",
          Samples.of(stage.redis().longestSync()));
      addRows(report, stage, new Pairs.Pace(half.rate(), turns.turn(), turns.runs), progress);
    }
  }

  /** What else is measured of this call at half load; nothing unless said otherwise. */
  void addRows(Report report, Stage stage, Pairs.Pace pace, PrintStream progress) {}
}
