package dev.lethe.bench.edge;

import picocli.CommandLine.Command;

/** Adding an event to a history. */
@Command(
    name = "events",
    description = "adding an event to a history over HTTPS, beside a server that only reads Redis",
    mixinStandardHelpOptions = true)
public final class EventsMeasurement extends EdgeMeasurement {
  public EventsMeasurement() {
    super(Edge.EVENTS);
  }
}
