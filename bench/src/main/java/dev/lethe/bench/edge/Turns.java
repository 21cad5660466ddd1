package dev.lethe.bench.edge;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How many viewers call, and for how long. */
final class Turns {
  @Option(
      names = "--people",
      defaultValue = "1000",
      description = "viewers who call; ${DEFAULT-VALUE}")
  int people;

  @Option(names = "--runs", defaultValue = "5", description = "pairs of runs; ${DEFAULT-VALUE}")
  int runs;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "of each server in a run; ${DEFAULT-VALUE}")
  int seconds;

  /** So few that a run takes seconds. */
  void shorten() {
    people = 100;
    runs = 2;
    seconds = 1;
  }

  Duration turn() {
    return Duration.ofSeconds(seconds);
  }
}
