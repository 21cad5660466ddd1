package dev.lethe.bench.report;

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
import java.util.Optional;

/** What a bench found: printed as it comes, and kept as JSON and as a chart at the end. */
public final class Report {
  private final String name;
  private final PrintStream out;
  private final List<Row> rows = new ArrayList<>();

  public Report(String name, PrintStream out) {
    this.name = name;
    this.out = out;
  }

  /** The bench. */
  public String name() {
    return name;
  }

  /** What was added so far. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Says what the rows after it were measured on. */
  public void heading(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /**
   * Adds what was measured.
   *
   * @param number format of a number
   */
  public void row(String what, String unit, String number, Samples samples) {
    add(new Row(what, unit, number, samples, Optional.empty()));
  }

  /** The same of a figure with a goal. */
  public void row(String what, String unit, String number, Samples samples, Goal goal) {
    add(new Row(what, unit, number, samples, Optional.of(goal)));
  }

  private void add(Row row) {
    rows.add(row);
    out.println(row.text());
  }

  /** Writes {@code NAME.json} and {@code NAME.svg} and says where. */
  public void write(Path folder) throws IOException {
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
      measured.add(json(row));
    }
    return new JsonObject()
        .put("bench", name)
        .put("at", Instant.now().toString())
        .put("java", Runtime.version().toString())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put("measured", measured);
  }

  private static JsonObject json(Row row) {
    var json =
        new JsonObject()
            .put("what", row.what())
            .put("unit", row.unit())
            .put("median", row.samples().median())
            .put("runs", new JsonArray(row.samples().values()));
    row.goal().ifPresent(goal -> json.put("goal", goal.text()).put("met", goal.met(row.samples())));
    return json;
  }
}
