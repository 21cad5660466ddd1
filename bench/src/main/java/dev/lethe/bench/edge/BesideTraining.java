package dev.lethe.bench.edge;

import dev.lethe.bench.load.Load;
import dev.lethe.bench.report.Samples;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;

/** Rankings of one instance, without a training and beside one, in turns. */
final class BesideTraining {
  private final Load rankings;
  private final Training training;
  private final Duration turn;
  private final PrintStream progress;

  /**
   * @param turn how long is ranked without a training at a time
   */
  BesideTraining(Load rankings, Training training, Duration turn, PrintStream progress) {
    this.rankings = rankings;
    this.training = training;
    this.turn = turn;
    this.progress = progress;
  }

  /**
   * Rankings at one rate.
   *
   * @param lasted seconds of the training
   */
  record Run(Load.Served without, Load.Served beside, double lasted) {}

  /**
   * What was found, run by run.
   *
   * @param rate rankings per second
   */
  record Found(double rate, List<Run> runs) {
    /** Milliseconds. */
    Samples without(double percentile) {
      return samples(run -> run.without().millis(percentile));
    }

    /** Milliseconds. */
    Samples beside(double percentile) {
      return samples(run -> run.beside().millis(percentile));
    }

    /** Seconds of the trainings. */
    Samples lasted() {
      return samples(Run::lasted);
    }

    /** Rankings that were refused. */
    long failed() {
      return runs.stream().mapToLong(run -> run.without().failed() + run.beside().failed()).sum();
    }

    private Samples samples(ToDoubleFunction<Run> value) {
      return new Samples(runs.stream().mapToDouble(value).boxed().toList());
    }
  }

  /** Asks and has it train until it is as fast as it will be. */
  void warmUp() {
    Pairs.warmUp(rankings, turn.dividedBy(4));
    training.begin();
    training.served();
  }

  /** Ranks at half of what it reaches. */
  Found halfLoad(int runs) {
    double rate = rankings.most(Stage.CONNECTIONS, turn.dividedBy(4)) / 2;
    var found = new ArrayList<Run>();
    for (int number = 1; number <= runs; number++) {
      var run = run(rate);
      found.add(run);
      progress.printf(
          "run %d: p50 %.2f ms, p99 %.1f ms; beside a training of %.0f s p50 %.2f ms, p99 %.1f ms%n",
          number,
          run.without().millis(50),
          run.without().millis(99),
          run.lasted(),
          run.beside().millis(50),
          run.beside().millis(99));
    }
    return new Found(rate, found);
  }

  private Run run(double rate) {
    var without = rankings.at(rate, turn);
    training.begin();
    long begun = System.nanoTime();
    var served = CompletableFuture.runAsync(training::served);
    var beside = rankings.at(rate, served::isDone);
    served.join();
    return new Run(without, beside, (System.nanoTime() - begun) / 1e9);
  }
}
