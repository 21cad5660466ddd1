package dev.lethe.bench.edge;

import dev.lethe.bench.RedisTools;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Samples;
import dev.lethe.gateway.app.story.ChildInstance;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One call over HTTPS at an instance and at a {@link BareServer}, in turns: how many a second, and
 * how long they take at half of what the instance reaches. Server, load and Redis share the
 * processors; each server has a process of its own.
 */
public final class EdgeBench {
  private static final int CONNECTIONS = 64;

  /** Turns that are not counted: the JIT is not done before. */
  private static final int WARM_UPS = 3;

  /** Keys under which people stand in Redis. */
  private static final String PEOPLE = "s:*";

  private final Path data;
  private final int people;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * @param data an empty folder
   * @param turn how long each server is asked in a run
   */
  public EdgeBench(Path data, int people, Duration turn, PrintStream progress) {
    this.data = data;
    this.people = people;
    this.turn = turn;
    this.progress = progress;
  }

  /**
   * What was measured, run by run.
   *
   * @param lethe calls per second
   * @param bare the same at the bare server
   * @param rate calls per second at which the latencies were taken
   * @param median milliseconds at half load
   * @param p99 milliseconds at half load
   * @param failed calls that were refused
   */
  public record Result(
      Samples lethe, Samples bare, double rate, Samples median, Samples p99, long failed) {}

  /** Blocks. */
  public Result run(Edge call, int runs) {
    var vertx = Vertx.vertx();
    try (var instance =
        ChildInstance.start(System.getProperty("java.class.path"), data, List.of())) {
      var viewers = Viewers.into(instance, data, vertx, people);
      progress.println(people + " people are there");
      try (var lethe =
          new HttpsCaller(vertx, instance.client(), instance.certificate(), CONNECTIONS)) {
        int answer = answerBytes(call, lethe, viewers);
        try (var process = BareProcess.start(data, peopleInRedis(), answer);
            var bare =
                new HttpsCaller(vertx, process.address(), instance.certificate(), CONNECTIONS)) {
          return pairs(call.load(lethe, viewers), call.load(bare, viewers), runs);
        }
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static int answerBytes(Edge call, HttpsCaller lethe, Viewers viewers) {
    return call.ask(lethe, viewers.tokens().get(0), new Random(1))
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .length();
  }

  private List<String> peopleInRedis() {
    return new RedisTools(data.resolve("redis").resolve("redis.conf"))
        .call("KEYS", PEOPLE)
        .lines()
        .toList();
  }

  private Result pairs(Load lethe, Load bare, int runs) {
    for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
      lethe.most(CONNECTIONS, turn);
      bare.most(CONNECTIONS, turn);
    }
    double rate = lethe.most(CONNECTIONS, turn) / 2;
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    var median = new ArrayList<Double>();
    var p99 = new ArrayList<Double>();
    long failed = 0;
    for (int run = 1; run <= runs; run++) {
      ours.add(lethe.most(CONNECTIONS, turn));
      theirs.add(bare.most(CONNECTIONS, turn));
      var half = lethe.at(rate, turn);
      median.add(half.millis(50));
      p99.add(half.millis(99));
      failed += half.failed();
      progress.printf(
          "run %d: %.0f/s, bare %.0f/s; at %.0f/s p50 %.2f ms, p99 %.2f ms%n",
          run, ours.get(run - 1), theirs.get(run - 1), rate, half.millis(50), half.millis(99));
    }
    return new Result(
        new Samples(ours),
        new Samples(theirs),
        rate,
        new Samples(median),
        new Samples(p99),
        failed);
  }
}
