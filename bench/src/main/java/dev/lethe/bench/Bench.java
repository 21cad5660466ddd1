package dev.lethe.bench;

import dev.lethe.bench.auth.AuthMeasurement;
import dev.lethe.bench.conns.ConnsMeasurement;
import dev.lethe.bench.core.CoreMeasurement;
import dev.lethe.bench.edge.ErasureMeasurement;
import dev.lethe.bench.edge.EventsMeasurement;
import dev.lethe.bench.edge.ProfileMeasurement;
import dev.lethe.bench.edge.RankMeasurement;
import dev.lethe.bench.edge.TaxMeasurement;
import dev.lethe.bench.edge.TrainingMeasurement;
import dev.lethe.bench.gdpr.GdprMeasurement;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.TargetTable;
import dev.lethe.bench.scale.ScaleMeasurement;
import dev.lethe.bench.vault.RotationMeasurement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Entry of the bench: {@code ./lethe bench}. */
@Command(
    name = "lethe bench",
    description = {
      "Measures Lethe beside its peers, in the same run: everything, or what is named.",
      "Everything ends with a table of targets."
    },
    subcommands = {
      RankMeasurement.class,
      ProfileMeasurement.class,
      EventsMeasurement.class,
      TaxMeasurement.class,
      GdprMeasurement.class,
      AuthMeasurement.class,
      ConnsMeasurement.class,
      RotationMeasurement.class,
      ErasureMeasurement.class,
      TrainingMeasurement.class,
      ScaleMeasurement.class,
      CoreMeasurement.class
    },
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--short",
      description = "brief runs, which fail when a ratio falls under what such runs keep")
  private boolean brief;

  private Bench() {}

  /** Runs a bench and ends the process: 0 done, 1 failed, 2 asked wrongly. */
  public static void main(String[] arguments) {
    var line = new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          if (!(failure instanceof BenchException)) {
            throw failure;
          }
          command.getErr().println("lethe bench: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(line.execute(arguments));
  }

  /** Everything, one after the other; one that fails does not keep the others from being run. */
  @Override
  public Integer call() {
    var reports = new ArrayList<Report>();
    Map<String, String> failures = new LinkedHashMap<>();
    for (var command : spec.subcommands().values()) {
      command.parseArgs();
      Measurement measurement = command.getCommand();
      if (brief) {
        measurement.shorten();
      }
      System.out.println(command.getCommandName());
      try {
        reports.add(measurement.run());
      } catch (IOException | RuntimeException e) {
        boolean expected = e instanceof BenchException && e.getMessage() != null;
        failures.put(command.getCommandName(), expected ? e.getMessage() : e.toString());
      }
    }
    var table = new TargetTable(reports);
    System.out.print(table.text());
    failures.forEach((name, why) -> System.err.println("lethe bench " + name + ": " + why));
    var fallen = brief ? table.fallen() : List.<String>of();
    fallen.forEach(line -> System.err.println("lethe bench: " + line));
    return failures.isEmpty() && fallen.isEmpty()
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }
}
