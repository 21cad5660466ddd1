package dev.lethe.bench;

import dev.lethe.bench.report.Report;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that measures something beside its peers and reports what it found. */
public abstract class Measurement implements Callable<Integer> {
  /** Beside the sources, where the launcher says that they are. */
  protected static final Path RESULTS =
      Path.of(System.getProperty("lethe.home", ""), "bench", "target", "results");

  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Measures as its options say. Blocks.
   *
   * @param progress of what is under way
   * @throws BenchException when it cannot be measured
   */
  protected abstract void measure(Report report, PrintStream progress) throws IOException;

  /** Sets its options so that a run takes seconds: enough for ratios, not for figures. */
  protected abstract void shorten();

  /** Measures, and writes what was found. */
  final Report run() throws IOException {
    var report = new Report(spec.name(), System.out);
    measure(report, System.err);
    report.write(RESULTS);
    return report;
  }

  @Override
  public final Integer call() throws IOException {
    run();
    return CommandLine.ExitCode.OK;
  }
}
