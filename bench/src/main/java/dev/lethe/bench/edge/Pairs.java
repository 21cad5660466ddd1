package dev.lethe.bench.edge;

import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Samples;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;

/** Two servers under the same load, in turns. */
public final class Pairs {
  /**
   * Turns that are not counted. Those of the instance go on until its access logs were merged for
   * the first time and its JIT has seen half load too, where loops wait more: it compiles anew what
   * meets something new, and takes a processor from those who are measured.
   */
  private static final int FULL = 8;

  private static final int HALF = 6;
  private static final int PEER_FULL = 3;
  private static final int PEER_HALF = 1;

  private final Load lethe;
  private final Load peer;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * @param turn how long each server is asked at a time
   */
  public Pairs(Load lethe, Load peer, Duration turn, PrintStream progress) {
    this.lethe = lethe;
    this.peer = peer;
    this.turn = turn;
    this.progress = progress;
  }

  /**
   * Calls per second with all connections busy, run by run.
   *
   * @param lethe of the instance
   * @param peer of the other
   */
  public record Throughput(Samples lethe, Samples peer) {}

  /**
   * What an instance is like at half of what it reaches, run by run.
   *
   * @param rate calls per second
   * @param median milliseconds
   * @param p99 milliseconds
   * @param peerP99 of the peer at the same rate
   * @param failed calls that were refused
   */
  record HalfLoad(double rate, Samples median, Samples p99, Samples peerP99, long failed) {}

  /**
   * How calls are made at one rate.
   *
   * @param rate calls per second
   * @param turn how long at a time
   */
  record Pace(double rate, Duration turn, int runs) {}

  /** Asks both until they are as fast as they will be. */
  void warmUp() {
    warmUp(lethe, turn);
    warmUp(peer, turn, PEER_FULL, PEER_HALF);
  }

  /** Asks an instance until it is as fast as it will be. */
  static void warmUp(Load lethe, Duration turn) {
    warmUp(lethe, turn, FULL, HALF);
  }

  private static void warmUp(Load load, Duration turn, int full, int half) {
    double rate = 0;
    for (int done = 0; done < full; done++) {
      rate = load.warmUp(Stage.CONNECTIONS, turn);
    }
    for (int done = 0; done < half; done++) {
      load.at(rate / 2, turn);
    }
  }

  /** The same for calls of which both have answered many. */
  public void warmUpOnce() {
    lethe.warmUp(Stage.CONNECTIONS, turn);
    peer.warmUp(Stage.CONNECTIONS, turn);
  }

  /** Asks both in turns with all connections busy. */
  public Throughput throughput(int runs) {
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    for (int run = 0; run < runs; run++) {
      ours.add(lethe.most(Stage.CONNECTIONS, turn));
      theirs.add(peer.most(Stage.CONNECTIONS, turn));
      progress.printf(
          "run %d: %.0f/s, beside it %.0f/s%n", run + 1, ours.get(run), theirs.get(run));
    }
    return new Throughput(new Samples(ours), new Samples(theirs));
  }

  /** Asks both in turns at one rate, in calls per second. */
  HalfLoad halfLoad(double rate, int runs) {
    var median = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    var peerP99 = new ArrayList<Double>();
    long failed = 0;
    for (int run = 0; run < runs; run++) {
      var half = lethe.at(rate, turn);
      median.add(half.millis(50));
      p99.add(half.millis(99));
      failed += half.failed();
      peerP99.add(peer.at(rate, turn).millis(99));
      progress.printf(
          "run %d at %.0f/s: p50 %.2f ms, p99 %.2f ms, beside it p99 %.2f ms%n",
          run + 1, rate, half.millis(50), half.millis(99), peerP99.get(run));
    }
    return new HalfLoad(rate, new Samples(median), new Samples(p99), new Samples(peerP99), failed);
  }
}
