package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything together, over real TLS with real tokens and a real Redis. */
final class WholeInstanceTest {
  private static final String SUBJECT = "canary-subject-4be1";
  private static final String TITLE = "canary-title-90ad";
  private static final String QUERY = "canary query c77e";
  private static final String SCOPES = "profile:read profile:write consent rank erase";

  @TempDir Path folder;
  private LiveInstance instance;

  @BeforeEach
  void start() {
    instance = new LiveInstance(folder);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private String done(String token, String method, String path, String body) {
    var response = instance.client(token, method, path, body);
    assertThat(response.statusCode())
        .as(method + " " + path + ": " + response.body())
        .isBetween(200, 204);
    return response.body();
  }

  private String everythingAbout(String subject) {
    var token = instance.token(subject, SCOPES);
    done(
        token,
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"" + TITLE + "\"},{\"item\":\"m-1\"}]}");
    done(
        token,
        "POST",
        "/v1/profile/searches/events",
        "{\"events\":[{\"query\":\"" + QUERY + "\"}]}");
    done(
        token,
        "PUT",
        "/v1/profile/demographics",
        "{\"ageBand\":\"18-24\",\"region\":\"DE\",\"language\":\"de\"}");
    done(
        token,
        "PUT",
        "/v1/profile/preferences",
        "{\"genres\":{\"Sci-Fi\":1,\"Horror\":-1},\"muted\":[\"m-2\"]}");
    return token;
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "\"full\""})
  void aRankingWithoutConsentIsAStrangersByteForByte(String explain) {
    var token = everythingAbout("viewer");
    var body = "{\"limit\":50,\"explain\":" + explain + "}";
    var strangers = done(instance.token("stranger", SCOPES), "POST", "/v1/rank", body);

    assertThat(done(token, "POST", "/v1/rank", body)).isEqualTo(strangers);

    done(
        token, "PUT", "/v1/consents/personalization", "{\"fields\":[\"history\",\"preferences\"]}");
    assertThat(done(token, "POST", "/v1/rank", body))
        .isNotEqualTo(strangers)
        .contains("\"fieldsUsed\":[\"history\",\"preferences\"]")
        .doesNotContain(QUERY);

    done(token, "PUT", "/v1/consents/personalization", "{\"fields\":[]}");
    assertThat(done(token, "POST", "/v1/rank", body)).isEqualTo(strangers);
  }

  @Test
  void rotationRefusesATokenWithoutItsScope() {
    var token = instance.token("operator", "admin:audit admin:subjects admin:catalog " + SCOPES);

    assertThat(instance.admin(token, "POST", "/admin/v1/key-rotations", "").statusCode())
        .isEqualTo(403);
    assertThat(instance.admin(token, "GET", "/admin/v1/keys", "").statusCode()).isEqualTo(403);
    assertThat(instance.admin(token, "GET", "/admin/v1/audit", "").body()).contains("refused");
  }

  @Test
  void metricsTellAnOperatorOfTheVault() {
    var token = everythingAbout(SUBJECT);
    done(token, "DELETE", "/v1/profile", "");

    var metrics = instance.admin("", "GET", "/metrics", "").body();
    assertThat(metrics.lines())
        .contains(
            "lethe_vault_up 1.0",
            "lethe_redis_up 1.0",
            "lethe_ledger_healthy 1.0",
            "lethe_ledger_entries 3.0",
            "lethe_audit_healthy 1.0",
            "lethe_epoch_active 1.0",
            "lethe_erasures_pending{stage=\"inaccessible\"} 0.0",
            "lethe_erasures_pending{stage=\"unrecoverable\"} 1.0",
            "lethe_rotation_state{state=\"complete\"} 0.0",
            "lethe_rotation_people 0.0",
            "lethe_rotation_people_done 0.0",
            "lethe_blobs_refused_total 0.0")
        .anyMatch(line -> line.matches("lethe_erasures_pending\\{stage=\"purged\"} [01].0"));
    assertThat(metrics).doesNotContain(SUBJECT, TITLE, QUERY, token, "Sci-Fi");
  }

  @Test
  void anErasureHoldsToTheVersionThatWasSeen() {
    var token = everythingAbout("viewer");
    var seen = instance.client(token, "GET", "/v1/profile", "").headers().firstValue("ETag");
    done(token, "PUT", "/v1/profile/preferences", "{}");
    var now = instance.client(token, "GET", "/v1/profile", "").headers().firstValue("ETag");

    assertThat(erase(token, seen.orElseThrow())).isEqualTo(412);
    assertThat(erase(token, "\"none-of-ours\"")).isEqualTo(412);
    assertThat(erase(token, "\"1\", \"2\"")).isEqualTo(400);
    assertThat(erase(token, now.orElseThrow())).isEqualTo(200);
    assertThat(erase(token, seen.orElseThrow())).isEqualTo(200);

    var other = everythingAbout("other");
    assertThat(erase(other, "*")).isEqualTo(200);
  }

  private int erase(String token, String ifMatch) {
    return instance.client(token, "DELETE", "/v1/profile", "", "If-Match", ifMatch).statusCode();
  }

  @Test
  void aSecondInstanceOnTheSameFolderIsRefused() {
    assertThatThrownBy(() -> Instance.start(LiveInstance.config(folder), Clock.systemUTC()))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("in use by another instance");
  }

  @Test
  void nothingPersonalIsInAnyFileOrMetric() throws IOException {
    var token = everythingAbout(SUBJECT);
    done(token, "PUT", "/v1/consents/personalization", "{\"fields\":[\"history\",\"searches\"]}");
    done(token, "POST", "/v1/rank", "{\"explain\":true}");
    done(token, "DELETE", "/v1/profile/history?item=" + TITLE, "");
    done(token, "GET", "/v1/export", "");
    var metrics = instance.admin(token, "GET", "/metrics", "").body();
    done(token, "DELETE", "/v1/profile", "");
    instance.close();

    var secrets = new String[] {SUBJECT, TITLE, QUERY, token, "18-24", "Sci-Fi\":1"};
    assertThat(metrics).contains("lethe_").doesNotContain(secrets);
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secrets);
      }
    }
  }
}
