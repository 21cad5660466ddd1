package dev.lethe.bench.scale;

import dev.lethe.bench.Waiting;
import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import dev.lethe.bench.vault.Population;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.ProfileText;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.VaultRequest;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * What is kept of a person, in bytes.
 *
 * @param memory more that Redis uses ({@code used_memory})
 * @param file more of the append-only file, when it has just been rewritten
 * @param json what {@code GET /v1/profile} answers, without consents and keys that are kept too
 */
record StoredBytes(double memory, double file, double json) {
  /** Of events: a hundred of them are in five calendar quarters at most. */
  private static final Duration APART = Duration.ofDays(3);

  private static final int JSON_OF = 100;

  /** Brings a vault's people in and weighs them. Blocks. */
  static StoredBytes filling(PopulatedVault empty, int events, PrintStream progress) {
    var redis = empty.redis();
    long file = redis.rewrite();
    double memory = redis.figure("memory", "used_memory");
    new Population(empty.vault(), events, APART).add(empty.people(), progress);
    long fileThen = redis.rewrite();
    double memoryThen = redis.figure("memory", "used_memory");
    return new StoredBytes(
        (memoryThen - memory) / empty.people(),
        (double) (fileThen - file) / empty.people(),
        json(empty));
  }

  private static double json(PopulatedVault vault) {
    int step = Math.max(1, vault.people() / JSON_OF);
    long bytes = 0;
    int read = 0;
    for (int person = 0; person < vault.people(); person += step) {
      ProfileView view =
          Waiting.until(
              vault.vault().ask(new VaultRequest.ReadProfile(Population.administrator(person))));
      bytes += JsonText.of(json -> ProfileText.write(json, view)).length();
      read++;
    }
    return (double) bytes / read;
  }

  /** Adds the figures, with the events in their names. */
  void report(Report report, int events, Optional<Goal> perJson) {
    var of = " a person, " + events + " events";
    report.row("JSON" + of, "B", "%.0f", Samples.of(json));
    report.row("memory of Redis" + of, "B", "%.0f", Samples.of(memory));
    report.row("append-only file" + of, "B", "%.0f", Samples.of(file));
    var ratio = "memory : JSON, " + events + " events";
    perJson.ifPresentOrElse(
        goal -> report.row(ratio, "", "%.2f", Samples.of(memory / json), goal),
        () -> report.row(ratio, "", "%.2f", Samples.of(memory / json)));
    report.row("file : JSON, " + events + " events", "", "%.2f", Samples.of(file / json));
  }
}
