package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.load.HttpsCaller;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Trainings of an instance that learns from its viewers, as seen from outside. Calls block. */
final class Training {
  private static final String ASKED = "lethe_people_asked_total{purpose=\"training\"} ";
  private static final long LOOK_EVERY_NANOS = 100_000_000;
  private static final long LONGEST_NANOS = 1_200_000_000_000L;

  private final HttpsCaller client;
  private final HttpsCaller admin;
  private final String operator;
  private final String viewer;
  private final int titles;
  private String before = "";

  /**
   * @param operator a token for the catalogue
   * @param viewer a token for rankings
   * @param titles of how many it is learned
   */
  Training(HttpsCaller client, HttpsCaller admin, String operator, String viewer, int titles) {
    this.client = client;
    this.admin = admin;
    this.operator = operator;
    this.viewer = viewer;
    this.titles = titles;
  }

  /** Uploads a catalogue, which has it learned about anew, and waits until that begins. */
  void begin() {
    before = learned();
    var asked = asked();
    var headers = Map.of("Content-Type", "application/x-ndjson");
    var catalog = Buffer.buffer(Viewers.catalog(titles).getBytes(UTF_8));
    Waiting.until(admin.send(HttpMethod.PUT, "/admin/v1/titles", operator, headers, catalog));
    until(() -> !asked().equals(asked));
  }

  /** Waits until rankings are by what is learned now. */
  void served() {
    until(() -> !learned().equals(before));
  }

  private static void until(BooleanSupplier reached) {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new BenchException("no training begins and ends");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** How many people were asked about, as text. */
  private String asked() {
    var metrics = Waiting.until(admin.get("/metrics", operator)).toString(UTF_8);
    return metrics
        .lines()
        .filter(line -> line.startsWith(ASKED))
        .findFirst()
        .orElseThrow(() -> new BenchException("no metric tells of trainings"));
  }

  /** Which training rankings are by; empty when by none. */
  private String learned() {
    var body = Viewers.rankRequest(List.of(Viewers.title(0)));
    var json = Map.of("Content-Type", "application/json");
    var model =
        Waiting.until(client.send(HttpMethod.POST, "/v1/rank", viewer, json, body))
            .toJsonObject()
            .getString("model");
    return model.substring(model.indexOf('+') + 1, model.contains("+") ? model.length() : 0);
  }
}
