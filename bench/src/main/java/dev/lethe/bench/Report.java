package dev.lethe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a bench found: printed as it comes, and kept as JSON and as a chart at the end. */
final class Report {
  private record Row(String what, String unit, Samples samples) {}

  private final String name;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  Report(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  /** Says what the rows after it were measured on. */
  void heading(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /**
   * Adds what was measured.
   *
   * @param format of a number
   */
  void row(String what, String unit, String format, Samples samples) {
    rows.add(new Row(what, unit, samples));
    out.printf(Locale.ROOT, "  %-48s %s %s%n", what, samples.format(format), unit);
  }

  /** Writes {@code NAME.json} and {@code NAME.svg} and says where. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".json"), json().encodePrettily() + "\n", UTF_8);
    var bars =
        rows.stream().map(row -> new BarChart.Bar(row.what(), row.unit(), row.samples())).toList();
    Files.writeString(folder.resolve(name + ".svg"), BarChart.svg(name, bars), UTF_8);
    out.println("written to " + folder.resolve(name) + ".json and .svg");
  }

  private JsonObject json() {
    var measured = new JsonArray();
    for (var row : rows) {
      measured.add(
          new JsonObject()
              .put("what", row.what())
              .put("unit", row.unit())
              .put("median", row.samples().median())
              .put("runs", new JsonArray(row.samples().values())));
    }
    return new JsonObject()
        .put("bench", name)
        .put("at", Instant.now().toString())
        .put("java", Runtime.version().toString())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("measured", measured);
  }
}
