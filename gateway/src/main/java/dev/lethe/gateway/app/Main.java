package dev.lethe.gateway.app;

import dev.lethe.gateway.app.cli.Cli;
import java.nio.file.Path;
import java.time.Clock;

/** The program: runs one command and exits with its status. */
public final class Main {
  private Main() {}

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
            new Chains());
    System.exit(cli.run(arguments));
  }
}
