package dev.lethe.bench.core;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Measurement;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.PrintStream;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the benchmarks of this package with JMH, each in processes of its own. */
@Command(
    name = "core",
    description =
        "what sealing, scoring, checking tokens and JSON cost, operation by operation (JMH)",
    mixinStandardHelpOptions = true)
public final class CoreMeasurement extends Measurement {
  private static final String PACKAGE = CoreMeasurement.class.getPackageName() + ".";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double P99 = 99;
  private static final int LOADS = 5;

  @Option(
      names = "--short",
      description = "few and brief iterations: shows that everything runs, and little else")
  private boolean brief;

  /** How long each benchmark is measured. */
  private record Pace(int forks, int warmups, int iterations, TimeValue iteration) {
    static final Pace USUAL = new Pace(2, 6, 4, TimeValue.milliseconds(500));
    static final Pace SHORT = new Pace(1, 1, 3, TimeValue.milliseconds(200));
  }

  @Override
  protected void shorten() {
    brief = true;
  }

  @Override
  protected void measure(Report report, PrintStream progress) {
    var pace = brief ? Pace.SHORT : Pace.USUAL;
    report.heading("one thread, median of the iterations [least … most]");
    for (var result : run(Mode.AverageTime, "", pace, progress)) {
      report.row(name(result.getParams()), "µs", "%.3f", iterations(result));
      Optional.ofNullable(result.getSecondaryResults().get(ALLOCATED))
          .ifPresent(
              allocated ->
                  report.row("  allocated", "B", "%.0f", Samples.of(allocated.getScore())));
    }
    p99("Scoring.score100", atMost(2), pace, report, progress);
    p99("Scoring.explain100", atMost(3), pace, report, progress);
    p99("WholeCatalog", Optional.empty(), pace, report, progress);
    p99("Forgetting.forget", atMost(50), pace, report, progress);
    CatalogLoad.measure(report, brief ? 1 : LOADS);
  }

  private static void p99(
      String benchmark, Optional<Goal> goal, Pace pace, Report report, PrintStream progress) {
    for (var result : run(Mode.SampleTime, benchmark, pace, progress)) {
      var times = result.getPrimaryResult().getStatistics();
      double millis = times.getPercentile(P99) / TimeUnit.MILLISECONDS.toMicros(1);
      var name = name(result.getParams()) + ", p99";
      var found = Samples.of(millis);
      goal.ifPresentOrElse(
          most -> report.row(name, "ms", "%.3f", found, most),
          () -> report.row(name, "ms", "%.3f", found));
    }
  }

  private static Optional<Goal> atMost(double millis) {
    return Optional.of(Goal.atMost(millis));
  }

  private static Collection<RunResult> run(
      Mode mode, String benchmarks, Pace pace, PrintStream progress) {
    var options =
        new OptionsBuilder()
            .include(PACKAGE.replace(".", "\\.") + benchmarks)
            .mode(mode)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(pace.forks())
            .warmupIterations(pace.warmups())
            .warmupTime(pace.iteration())
            .measurementIterations(pace.iterations())
            .measurementTime(pace.iteration())
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    var format = OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL);
    try {
      return new Runner(options, format).run();
    } catch (RunnerException e) {
      throw new BenchException("JMH: " + e.getMessage(), e);
    }
  }

  private static Samples iterations(RunResult result) {
    return new Samples(
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(iteration -> iteration.getPrimaryResult().getScore())
            .toList());
  }

  /** Class and method. */
  private static String name(BenchmarkParams benchmark) {
    return benchmark.getBenchmark().substring(PACKAGE.length());
  }
}
