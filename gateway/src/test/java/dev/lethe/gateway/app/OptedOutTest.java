package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lethe.vault.redis.ReadCount;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ranking without profiling asks nobody about anybody, and is no lesser list. */
final class OptedOutTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ASKED = "lethe_people_asked_total{purpose=\"personalization\"} ";
  private static final int RANKINGS = 50;

  @TempDir Path folder;
  private LiveInstance instance;
  private String token;

  @BeforeEach
  void start() throws Exception {
    instance = new LiveInstance(folder);
    token = instance.token("viewer", "profile:read profile:write consent rank");
    done(
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":5},{\"item\":\"m-7\",\"rating\":4}]}");
    done("PUT", "/v1/consents/personalization", "{\"fields\":[\"history\"]}");
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private JsonNode done(String method, String path, String body) throws Exception {
    var response = instance.client(token, method, path, body);
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 204);
    return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
  }

  private double asked() {
    var operator = instance.token("operator", "admin:metrics");
    return instance
        .admin(operator, "GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith(ASKED))
        .mapToDouble(line -> Double.parseDouble(line.substring(ASKED.length())))
        .findFirst()
        .orElseThrow();
  }

  /** How often Redis was asked for hashes; nodes and ledgers do so now and then too. */
  private long readsDuring(String request, String reason) throws Exception {
    long before = ReadCount.of(folder);
    for (int i = 0; i < RANKINGS; i++) {
      assertThat(done("POST", "/v1/rank", request).get("reason").asText()).isEqualTo(reason);
    }
    return ReadCount.of(folder) - before;
  }

  @Test
  void countersShowThatNobodyWasRead() throws Exception {
    double asked = asked();

    assertThat(readsDuring("{\"profiling\":false,\"limit\":5}", "opted-out"))
        .isLessThan(RANKINGS / 2);
    assertThat(asked()).isEqualTo(asked);

    assertThat(readsDuring("{\"limit\":5}", "null")).isGreaterThanOrEqualTo(RANKINGS);
    assertThat(asked()).isEqualTo(asked + RANKINGS);
  }

  @Test
  void listWithoutProfilingIsAsLongAndAsDiverse() throws Exception {
    var personal = done("POST", "/v1/rank", "{\"limit\":50}");
    var optedOut = done("POST", "/v1/rank", "{\"limit\":50,\"profiling\":false}");

    assertThat(optedOut.get("items")).hasSameSizeAs(personal.get("items"));
    assertThat(genres(optedOut)).hasSizeGreaterThanOrEqualTo(genres(personal).size());
  }

  private Set<String> genres(JsonNode ranking) throws Exception {
    var genres = new LinkedHashSet<String>();
    for (var item : ranking.get("items")) {
      done("GET", "/v1/titles/" + item.get("id").asText(), "")
          .get("genres")
          .forEach(genre -> genres.add(genre.asText()));
    }
    return genres;
  }
}
