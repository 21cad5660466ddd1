package dev.lethe.bench.edge;

import picocli.CommandLine.Command;

/** Reading profiles. */
@Command(
    name = "profile",
    description = "reading a profile over HTTPS, beside a server that only reads Redis",
    mixinStandardHelpOptions = true)
public final class ProfileMeasurement extends EdgeMeasurement {
  public ProfileMeasurement() {
    super(Edge.PROFILE);
  }
}
