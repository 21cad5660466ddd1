package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.ChainsCheck;
import dev.lethe.gateway.app.RunningInstance;
import dev.lethe.gateway.app.VaultWork;
import dev.lethe.gateway.app.config.Values;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a command works with.
 *
 * @param file named on the command line, for commands that take one
 * @param surroundings of the process
 */
record Invocation(Values values, Optional<Path> file, Surroundings surroundings) {

  /**
   * The process that a command runs in.
   *
   * @param home folder of the launcher
   * @param folder working directory
   * @param out for the command's result and nothing else
   * @param err for everything that people want to know meanwhile
   */
  record Surroundings(
      Path home,
      Path folder,
      PrintStream out,
      PrintStream err,
      Clock clock,
      RunningInstance.Starter starter,
      ChainsCheck chains,
      VaultWork work) {}

  /** Prints what came of a piece of work; answers the exit status. */
  int report(VaultWork.Report report) {
    report.lines().forEach(out()::println);
    return switch (report.status()) {
      case DONE -> Command.DONE;
      case FAILED -> Command.FAILED;
      case UNCONFIRMED -> Command.USAGE;
      case INCONCLUSIVE -> Command.INCONCLUSIVE;
    };
  }

  Path home() {
    return surroundings.home();
  }

  PrintStream out() {
    return surroundings.out();
  }

  PrintStream err() {
    return surroundings.err();
  }

  Clock clock() {
    return surroundings.clock();
  }

  RunningInstance.Starter starter() {
    return surroundings.starter();
  }
}
