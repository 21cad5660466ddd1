package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis killed, or the instance stopped, while requests run. */
final class OutageTest {
  private static final String EVENTS = "/v1/profile/history/events";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private EmbeddedRedis redis;
  private Instance instance;
  private HttpsCalls calls;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start(folder.resolve("server"));
    instance = Instance.start(config(), Clock.systemUTC());
    calls = new HttpsCalls(instance, folder);
  }

  @AfterEach
  void stop() {
    instance.close();
    redis.stop();
  }

  private Config config() {
    return new Config(
        folder,
        new Config.Http("127.0.0.1", 0, Optional.empty()),
        new Config.Admin("127.0.0.1", 0, Optional.empty()),
        Optional.of(redis.uri()),
        new Config.Keystore(folder.resolve("keystore"), new Config.PassphraseSource.Own()),
        Duration.ofSeconds(30),
        List.of(),
        new Config.Rotation(Duration.ofDays(1), Duration.ZERO),
        new Config.Retention(1000, Duration.ofDays(365)),
        Optional.empty(),
        Config.Model.STANDARD,
        "lethe",
        List.of());
  }

  private void killRedis() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("server/redis/redis.pid")).strip());
    var process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    until(() -> !redis.running());
  }

  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private HttpResponse<String> append(String item) throws IOException {
    return calls.send("POST", EVENTS, "{\"events\":[{\"item\":\"" + item + "\"}]}");
  }

  private HttpResponse<String> rank() throws IOException {
    return calls.send("POST", "/v1/rank", "{\"limit\":1}");
  }

  /** What is stored, once it can be read: each event loop finds Redis again by itself. */
  private List<String> stored() throws IOException {
    var read = calls.send("GET", "/v1/profile", "");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (read.statusCode() == 503 && System.nanoTime() < end) {
      read = calls.send("GET", "/v1/profile", "");
    }
    assertThat(read.statusCode()).isEqualTo(200);
    var history = new ObjectMapper().readTree(read.body()).at("/fields/history");
    var items = new ArrayList<String>();
    history.forEach(event -> items.add(event.get("item").asText()));
    return items;
  }

  private static void isUnavailable(HttpResponse<String> response) {
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    assertThat(response.body()).contains("\"type\":\"/problems/unavailable\"");
  }

  @Test
  void withoutRedisRankingGoesOnAndDataSaysTryAgain() throws Exception {
    assertThat(append("before").statusCode()).isEqualTo(200);
    killRedis();

    until(() -> unchecked(() -> rank().body().contains("\"reason\":\"vault-unavailable\"")));
    assertThat(rank().statusCode()).isEqualTo(200);
    isUnavailable(append("during"));
    isUnavailable(calls.send("GET", "/v1/profile", ""));
    isUnavailable(calls.send("PUT", "/v1/consents/training", "{\"fields\":[]}"));
    isUnavailable(calls.send("GET", "/v1/access-log", ""));

    redis.ensureRunning();
    until(() -> unchecked(() -> append("after").statusCode() == 200));
    assertThat(stored()).contains("before", "after").doesNotContain("during");
  }

  @Test
  void withoutRedisARankingHasNoReceiptUnlessItReadsNobody() throws Exception {
    assertThat(append("before").statusCode()).isEqualTo(200);
    killRedis();
    until(() -> unchecked(() -> rank().body().contains("\"reason\":\"vault-unavailable\"")));

    var personal = calls.send("POST", "/v1/rank", "{\"limit\":1,\"receipt\":true}");
    assertThat(personal.statusCode()).isEqualTo(200);
    assertThat(personal.body()).endsWith("\"receipt\":null}");
    var nobodys =
        calls.send("POST", "/v1/rank", "{\"limit\":1,\"receipt\":true,\"profiling\":false}");
    assertThat(nobodys.statusCode()).isEqualTo(200);
    assertThat(nobodys.body()).matches("(?s).*\"receipt\":\"[^.\"]+\\.[^.\"]+\\.[^.\"]+\"}");
  }

  @Test
  void killedAgainAndAgainNothingAcknowledgedIsLost() throws Exception {
    var acknowledged = new ConcurrentLinkedQueue<String>();
    var odd = new ConcurrentLinkedQueue<String>();
    var done = new AtomicBoolean();
    var writers = Executors.newFixedThreadPool(3);
    try {
      for (int i = 0; i < 3; i++) {
        int writer = i;
        writers.execute(() -> write(writer, done, acknowledged, odd));
      }
      for (int kill = 0; kill < 3; kill++) {
        int before = acknowledged.size();
        until(() -> acknowledged.size() > before + 5);
        killRedis();
        redis.ensureRunning();
      }
      int before = acknowledged.size();
      until(() -> acknowledged.size() > before);
    } finally {
      done.set(true);
      writers.shutdown();
    }
    assertThat(writers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(odd).isEmpty();
    assertThat(stored()).containsAll(acknowledged.stream().limit(1_000).toList());
  }

  private void write(
      int writer, AtomicBoolean done, Queue<String> acknowledged, Queue<String> odd) {
    for (int number = 1; number <= 300 && !done.get(); number++) {
      String item = "w" + writer + "-" + number;
      try {
        var append = append(item);
        if (append.statusCode() == 200) {
          acknowledged.add(item);
        } else if (append.statusCode() != 503
            || append.headers().firstValue("Retry-After").isEmpty()) {
          odd.add(append.statusCode() + " " + append.body());
        }
        var ranking = rank();
        if (ranking.statusCode() != 200) {
          odd.add("rank: " + ranking.statusCode() + " " + ranking.body());
        }
      } catch (IOException e) {
        odd.add(e.toString());
      }
    }
  }

  @Test
  void requestUnderWayIsAnsweredBeforeAStopEnds() throws Exception {
    String body = "{\"events\":[{\"item\":\"last\"}]}";
    try (var socket = calls.socket()) {
      var out = socket.getOutputStream();
      out.write(
          ("POST "
                  + EVENTS
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                  + calls.token()
                  + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                  + body.length()
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      assertThat(new String(in.readNBytes(25), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 100");
      var stopped = CompletableFuture.runAsync(instance::close);
      until(() -> !accepts());
      out.write(body.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .contains("HTTP/1.1 200")
          .contains("{\"accepted\":1}");
      stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    instance = Instance.start(config(), Clock.systemUTC());
    calls = new HttpsCalls(instance, folder);
    assertThat(stored()).containsExactly("last");
  }

  private boolean accepts() {
    try (var probe = new Socket(InetAddress.getLoopbackAddress(), instance.client().getPort())) {
      return probe.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static boolean unchecked(Check check) {
    try {
      return check.holds();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
