package dev.lethe.gateway.admin;

import dev.lethe.gateway.http.Reply;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What became of the lines of an import. Has no value of any of them. Used on one event loop. */
final class ImportTally {
  private static final int MOST_NAMED = 100;

  /** A store that is away is not asked a million times. */
  private static final int MOST_UNAVAILABLE = 100;

  private record Refusal(long line, String reason) {}

  /** The first lines refused: of more than are named, the last goes. */
  private final PriorityQueue<Refusal> named =
      new PriorityQueue<>(Comparator.comparingLong(Refusal::line).reversed());

  private long lines;
  private long imported;
  private long skipped;
  private long refused;
  private int unavailable;

  void line() {
    lines++;
  }

  void imported() {
    imported++;
  }

  void skipped() {
    skipped++;
  }

  void refused(long line, String reason) {
    refused++;
    named.add(new Refusal(line, reason));
    if (named.size() > MOST_NAMED) {
      named.remove();
    }
  }

  /** Counts a line that could not be stored now; whether it is worth going on. */
  boolean unavailable(long line) {
    refused(line, "unavailable");
    return ++unavailable < MOST_UNAVAILABLE;
  }

  Reply reply() {
    return Reply.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberField("lines", lines);
          json.writeNumberField("imported", imported);
          json.writeNumberField("skipped", skipped);
          json.writeArrayFieldStart("refused");
          for (Refusal refusal :
              named.stream().sorted(Comparator.comparingLong(Refusal::line)).toList()) {
            json.writeStartObject();
            json.writeNumberField("line", refusal.line());
            json.writeStringField("reason", refusal.reason());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Override
  public String toString() {
    return lines
        + " lines: "
        + imported
        + " imported, "
        + skipped
        + " skipped, "
        + refused
        + " refused";
  }
}
