package dev.lethe.gateway.app.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.vault.redis.EmbeddedRedis;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process hangs under load, another one takes over on the same Redis and keystore, rotates and
 * destroys the epoch that the first one seals under; then the first one wakes up, with what it was
 * about to write still in its hands.
 */
@Timeout(240)
final class StoppedProcessTest {
  private static final int IN_FLIGHT = 16;
  private static final int EVENTS = 5;
  private static final int WARM = 100;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong number = new AtomicLong();

  @TempDir Path folder;
  private EmbeddedRedis redis;

  @BeforeEach
  void start() throws IOException {
    redis = EmbeddedRedis.start(folder.resolve("server"));
    Files.createDirectory(folder.resolve("first"));
  }

  @AfterEach
  void stop() {
    redis.stop();
  }

  private ChildInstance child(String data) {
    return ChildInstance.start(
        withoutTests(System.getProperty("java.class.path")),
        folder.resolve(data),
        List.of("--redis", redis.uri(), "--keystore", folder.resolve("keystore").toString()));
  }

  /** Tests log where the instance says that it is ready. */
  private static String withoutTests(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void signal(ChildInstance child, String name)
      throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(child.pid())).inheritIO();
    assertThat(kill.start().waitFor()).isZero();
  }

  private void copyOfFirst(String to) throws IOException {
    var from = folder.resolve("first");
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(to).resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String stateOfFirstEpoch(Api api, String token) {
    var keys = api.admin("GET", "/admin/v1/keys", token).send().expect(200);
    return keys.body().at("/epochs/0/state").asText();
  }

  /** Somebody who watches, and knows what was acknowledged of it. */
  private record Viewer(String token, List<String> kept, List<String> perhaps) {
    Viewer(String token) {
      this(token, new ArrayList<>(), new ArrayList<>());
    }

    void watch(Api api, String item) {
      var answer =
          api.viewer("POST", "/v1/profile/history/events", token)
              .json("{\"events\":[{\"item\":\"" + item + "\"}]}")
              .send();
      (answer.status() == 200 ? kept : perhaps).add(item);
    }

    List<String> stored(Api api) {
      var profile = api.viewer("GET", "/v1/profile", token).send();
      if (profile.status() == 404) {
        return new ArrayList<>();
      }
      List<String> items = new ArrayList<>();
      profile
          .expect(200)
          .body()
          .at("/fields/history")
          .forEach(event -> items.add(event.path("item").asText()));
      return items;
    }
  }

  /** Viewers who come and go until it is over, so that many are new at any moment. */
  private void load(Api api, DevIssuer issuer, Queue<Viewer> all) {
    while (!over.get()) {
      var name = "viewer-" + number.incrementAndGet();
      var viewer =
          new Viewer(issuer.token(name, "profile:read profile:write", Duration.ofHours(1)));
      all.add(viewer);
      for (int i = 0; i < EVENTS && !over.get(); i++) {
        viewer.watch(api, "title-" + i);
        if (!viewer.perhaps().isEmpty()) {
          Patience.pause(Duration.ofMillis(20));
          break;
        }
        acknowledged.incrementAndGet();
      }
    }
  }

  @Test
  void losesNothingAndAcknowledgesNothingThatIsLost() throws Exception {
    var issuer = DevIssuer.open(folder.resolve("first"), Clock.systemUTC());
    var keys = issuer.token("operator", "admin:keys", Duration.ofHours(1));
    var viewers = new ConcurrentLinkedQueue<Viewer>();
    try (var first = child("first");
        var apiOfFirst = first.api();
        var crowd = new Crowd(IN_FLIGHT)) {
      var lanes = Collections.nCopies(IN_FLIGHT, viewers);
      var load = new Thread(() -> crowd.each(lanes, all -> load(apiOfFirst, issuer, all)));
      load.start();
      Patience.until("load", () -> acknowledged.get() >= WARM);
      signal(first, "STOP");
      copyOfFirst("standby");
      try (var standby = child("standby");
          var api = standby.api()) {
        api.admin("POST", "/admin/v1/key-rotations", keys).send().expect(202);
        Patience.until("destruction", () -> stateOfFirstEpoch(api, keys).equals("destroyed"));
        long before = acknowledged.get();

        signal(first, "CONT");

        Patience.until("the first serves again", () -> acknowledged.get() > before + WARM);
        over.set(true);
        load.join();
        for (var viewer : viewers) {
          var stored = viewer.stored(api);
          assertThat(stored).containsAll(viewer.kept());
          stored.removeAll(viewer.kept());
          assertThat(viewer.perhaps()).containsAll(stored);
        }
        Patience.until(
            "the first records nothing beside the standby's ledger",
            () -> apiOfFirst.admin("GET", "/admin/v1/keys", keys).send().status() == 503);
      } finally {
        over.set(true);
        signal(first, "CONT");
      }
    }
  }
}
