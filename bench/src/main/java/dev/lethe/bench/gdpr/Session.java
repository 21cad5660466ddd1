package dev.lethe.bench.gdpr;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.edge.Viewers;
import dev.lethe.bench.load.HttpsCaller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A workload at one server: who is there, who left, and who is next. Asked by one thread. */
final class Session implements Supplier<Future<?>> {
  private final Workload workload;
  private final HttpsCaller server;
  private final Optional<Auditor> auditor;
  private final List<String> tokens;
  private final People people;
  private final Supplier<String> newcomers;
  private final Queue<String> joined = new ConcurrentLinkedQueue<>();
  private final List<String> erasures;
  private final Random random = new Random(1);

  /** Who reads the logs of a server that keeps some. */
  record Auditor(HttpsCaller admin, String token) {}

  /**
   * @param tokens of people who stay
   * @param erasures ids of those that took place; added to
   */
  Session(
      Workload workload,
      HttpsCaller server,
      Optional<Auditor> auditor,
      List<String> tokens,
      People people,
      Supplier<String> newcomers,
      List<String> erasures) {
    this.workload = workload;
    this.server = server;
    this.auditor = auditor;
    this.tokens = tokens;
    this.people = people;
    this.newcomers = newcomers;
    this.erasures = erasures;
  }

  @Override
  public Future<?> get() {
    return workload
        .draw(
            random,
            operation ->
                (auditor.isPresent() || !operation.needsLog())
                    && (operation != Operation.DELETE_RECORD || !joined.isEmpty()))
        .ask(this);
  }

  Random random() {
    return random;
  }

  /** Somebody who stays. */
  int person() {
    return workload.zipfian() ? people.zipfian(random) : people.alike(random);
  }

  String token(int person) {
    return tokens.get(person);
  }

  String title() {
    return Viewers.candidates(random, 1).get(0);
  }

  /** Somebody of whom nothing is stored yet. */
  String newcomer() {
    return newcomers.get();
  }

  /** Something of them is stored now, so that they can leave. */
  void joined(String token) {
    joined.add(token);
  }

  /** Who joined first of those who are still there. */
  String leaver() {
    return Optional.ofNullable(joined.poll())
        .orElseThrow(() -> new BenchException("nobody is there to leave"));
  }

  void erased(Buffer answer) {
    synchronized (erasures) {
      erasures.add(answer.toJsonObject().getString("erasureId"));
    }
  }

  /** The id of an erasure by chance. */
  String erasure() {
    synchronized (erasures) {
      if (erasures.isEmpty()) {
        throw new BenchException("nobody was erased");
      }
      return erasures.get(random.nextInt(erasures.size()));
    }
  }

  Future<Buffer> call(HttpMethod method, String path, String token) {
    return server.send(method, path, token, Map.of(), Buffer.buffer());
  }

  Future<Buffer> json(HttpMethod method, String path, String token, Buffer body) {
    return server.send(method, path, token, Map.of("Content-Type", "application/json"), body);
  }

  /** A page of the audit log. */
  Future<Buffer> logs() {
    var reader = auditor.orElseThrow();
    return reader.admin().get("/admin/v1/audit?limit=100", reader.token());
  }
}
