package dev.lethe.gateway.app;

import dev.lethe.gateway.app.cli.Cli;
import java.nio.file.Path;
import java.time.Clock;

/** Entry of the program. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its status. */
  public static void main(String[] arguments) {
    var folder = Path.of("").toAbsolutePath();
    var home = Path.of(System.getProperty("lethe.home", folder.toString()));
    var clock = Clock.systemUTC();
    var cli =
        new Cli(
            home,
            folder,
            System.getenv(),
            System.out,
            System.err,
            clock,
            config -> Instance.start(config, clock),
            new VaultChains(),
            new VaultStores(clock));
    System.exit(cli.run(arguments));
  }
}
