package dev.lethe.bench.edge;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.load.Batch;
import dev.lethe.bench.load.HttpsCaller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Erasures over HTTPS, each by the person's own token, and what operators see of them. Calls block.
 */
final class Erasing {
  private static final int DIGITS = 3;
  private static final int PAGE = 1_000;
  private static final long LOOK_EVERY_NANOS = 100_000_000;
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final HttpsCaller client;
  private final HttpsCaller admin;
  private final String operator;

  /**
   * @param operator a token for subjects and for keys
   */
  Erasing(HttpsCaller client, HttpsCaller admin, String operator) {
    this.client = client;
    this.admin = admin;
    this.operator = operator;
  }

  /** Nanoseconds from request to answer, of one after the other. */
  Histogram oneByOne(Viewers people) {
    var latency = new Histogram(DIGITS);
    for (var token : people.tokens()) {
      long begun = System.nanoTime();
      Waiting.until(erase(token));
      latency.recordValue(System.nanoTime() - begun);
    }
    return latency;
  }

  /** Seconds for all of them, as many in flight as are taken. */
  double together(Viewers people, int inFlight) {
    return Batch.seconds(people.tokens().size(), inFlight, i -> erase(people.tokens().get(i)));
  }

  private Future<Void> erase(String token) {
    return client
        .send(HttpMethod.DELETE, "/v1/profile", token, Map.of(), Buffer.buffer())
        .compose(
            answer ->
                answer.toJsonObject().getJsonObject("stages").getJsonObject("inaccessible") == null
                    ? Future.failedFuture(new BenchException("an erasure is not inaccessible yet"))
                    : Future.succeededFuture());
  }

  /** Asks for a rotation, which begins then. */
  void rotate() {
    Waiting.until(
        admin.send(
            HttpMethod.POST,
            "/admin/v1/key-rotations",
            operator,
            Map.of("Content-Type", "application/json"),
            Buffer.buffer("{\"reason\":\"bench\"}")));
  }

  /**
   * Waits until so many erasures, which are all there are, have reached a stage: when the last did.
   */
  Instant allReached(String stage, int erasures) {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (true) {
      var list = listed(stage);
      if (list.reached() == erasures) {
        return list.last().orElseThrow();
      }
      if (System.nanoTime() - end > 0) {
        throw new BenchException(
            list.reached() + " of " + erasures + " erasures are " + stage + ", and no more");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  private ErasureList listed(String stage) {
    var list = new ErasureList(stage);
    var after = OptionalLong.of(0);
    while (after.isPresent()) {
      var path = "/admin/v1/erasures?state=all&limit=" + PAGE + "&after=" + after.getAsLong();
      after = list.add(Waiting.until(admin.get(path, operator)).toJsonObject());
    }
    return list;
  }
}
