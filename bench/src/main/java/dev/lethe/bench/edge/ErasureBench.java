package dev.lethe.bench.edge;

import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.load.Load;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Erasures at a whole instance: one after the other while nothing else happens, then many at once
 * beside rankings of other people, an open loop at half of what the instance reaches. The load
 * shares the processors with the instance and its Redis.
 */
public final class ErasureBench {
  private static final Duration VALID = Duration.ofHours(4);

  private final Path folder;
  private final Numbers numbers;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * Numbers of people.
   *
   * @param staying who rank and stay
   * @param oneByOne who are erased one after the other
   * @param together who are erased at once
   */
  public record Numbers(int staying, int oneByOne, int together) {
    int erased() {
      return oneByOne + together;
    }

    int all() {
      return staying + erased();
    }
  }

  /**
   * @param folder an empty one
   * @param turn how long rankings are asked for without erasures
   */
  public ErasureBench(Path folder, Numbers numbers, Duration turn, PrintStream progress) {
    this.folder = folder;
    this.numbers = numbers;
    this.turn = turn;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param latency nanoseconds of erasures one after the other
   * @param rate rankings per second, half of what the instance reaches
   * @param before rankings without erasures
   * @param during rankings beside many erasures
   * @param erasuresPerSecond beside the rankings
   * @param purged seconds from the last erasure's answer until all were purged
   * @param unrecoverable the same until all were unrecoverable, a rotation being asked for then
   */
  public record Result(
      Histogram latency,
      double rate,
      Load.Served before,
      Load.Served during,
      double erasuresPerSecond,
      double purged,
      double unrecoverable) {}

  /** Blocks. */
  public Result run() throws IOException {
    try (var stage = new Stage(folder, numbers.all(), Edge.EVENTS_EACH, progress);
        var erasing = stage.client();
        var admin = stage.admin()) {
      var operator = stage.issuer().token("bench-operator", "admin:keys admin:subjects", VALID);
      return run(stage.lethe(), new Erasing(erasing, admin, operator), stage.viewers());
    }
  }

  private Result run(HttpsCaller ranking, Erasing erasing, Viewers viewers) {
    int first = numbers.staying() + numbers.oneByOne();
    var rankings = Edge.RANK.load(ranking, viewers.part(0, numbers.staying()));
    Pairs.warmUp(rankings, turn);
    double rate = rankings.most(Stage.CONNECTIONS, turn) / 2;
    var latency = erasing.oneByOne(viewers.part(numbers.staying(), first));
    erasing.allReached("purged", numbers.oneByOne()); // which would go on beside the rankings
    progress.printf(
        "%d erasures one by one; half load is %.0f rankings/s%n", numbers.oneByOne(), rate);
    var before = rankings.at(rate, turn);
    var many = viewers.part(first, numbers.all());
    var erased = CompletableFuture.supplyAsync(() -> erasing.together(many, Stage.CONNECTIONS));
    var during = rankings.at(rate, erased::isDone);
    double seconds = erased.join();
    var answered = Instant.now();
    erasing.rotate();
    progress.printf("%d erasures beside rankings%n", numbers.together());
    var unrecoverable = erasing.allReached("unrecoverable", numbers.erased());
    var purged = erasing.allReached("purged", numbers.erased());
    return new Result(
        latency,
        rate,
        before,
        during,
        numbers.together() / seconds,
        seconds(answered, purged),
        seconds(answered, unrecoverable));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
