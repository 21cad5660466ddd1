package dev.lethe.bench.core;

import dev.lethe.bench.BenchException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package, each in processes of its own, and prints what they cost. */
public final class CoreBench {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final PrintStream out;
  private final PrintStream progress;

  /** How long each benchmark is measured. */
  private record Pace(int forks, int warmups, int iterations, TimeValue iteration) {
    static final Pace USUAL = new Pace(2, 6, 4, TimeValue.milliseconds(500));
    static final Pace SHORT = new Pace(1, 1, 3, TimeValue.milliseconds(200));
  }

  public CoreBench(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /**
   * Blocks for minutes.
   *
   * @param hurried few and brief iterations: shows that everything runs, and little else
   * @param json where the results go in JMH's own format
   */
  public void run(boolean hurried, Path json) throws IOException {
    Files.createDirectories(json.toAbsolutePath().getParent());
    var options = options(hurried ? Pace.SHORT : Pace.USUAL, json);
    var format = OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL);
    try {
      print(new Runner(options, format).run());
    } catch (RunnerException e) {
      throw new BenchException("JMH: " + e.getMessage(), e);
    }
  }

  private static Options options(Pace pace, Path json) {
    return new OptionsBuilder()
        .include(CoreBench.class.getPackageName().replace(".", "\\.") + "\\.")
        .mode(Mode.AverageTime)
        .timeUnit(TimeUnit.MICROSECONDS)
        .forks(pace.forks())
        .warmupIterations(pace.warmups())
        .warmupTime(pace.iteration())
        .measurementIterations(pace.iterations())
        .measurementTime(pace.iteration())
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .resultFormat(ResultFormatType.JSON)
        .result(json.toString())
        .build();
  }

  private void print(Collection<RunResult> results) {
    line("", "µs", "± (99.9 %)", "B allocated");
    for (var result : results) {
      var time = result.getPrimaryResult();
      line(
          name(result),
          number("%.3f", time.getScore()),
          number("%.3f", time.getScoreError()),
          Optional.ofNullable(result.getSecondaryResults().get(ALLOCATED))
              .map(allocated -> number("%.0f", allocated.getScore()))
              .orElse("unknown"));
    }
  }

  /** Class and method. */
  private static String name(RunResult result) {
    var name = result.getParams().getBenchmark();
    return name.substring(CoreBench.class.getPackageName().length() + 1);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private void line(String what, String time, String error, String bytes) {
    out.printf(Locale.ROOT, "  %-40s %12s %12s %14s%n", what, time, error, bytes);
  }
}
