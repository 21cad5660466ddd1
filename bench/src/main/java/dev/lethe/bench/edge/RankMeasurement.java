package dev.lethe.bench.edge;

import picocli.CommandLine.Command;

/** Rankings. */
@Command(
    name = "rank",
    description = "rankings of 100 candidates over HTTPS, beside a server that only reads Redis",
    mixinStandardHelpOptions = true)
public final class RankMeasurement extends EdgeMeasurement {
  public RankMeasurement() {
    super(Edge.RANK);
  }
}
