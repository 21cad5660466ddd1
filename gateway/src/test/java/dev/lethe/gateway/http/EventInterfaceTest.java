package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, taken whole or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventInterfaceTest {
  private ClientStage stage;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    stage = new ClientStage(folder);
  }

  @BeforeEach
  void forgetWhatWasAsked() {
    stage.gateway.asked.clear();
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void eventsReachTheVaultInUtcMilliseconds() throws Exception {
    String at = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
    String offset = at.replace("Z", ".123456+00:00");
    var response =
        stage.send(
            "POST",
            "/v1/profile/history/events",
            "{\"events\":[{\"item\":\"m-1\",\"at\":\""
                + offset
                + "\",\"rating\":5},{\"item\":\"m-2\"}]}",
            "Idempotency-Key",
            "k 1");
    assertThat(response.body()).isEqualTo("{\"accepted\":2}");
    var append = stage.onlyAsked(VaultRequest.AppendEvents.class);
    assertThat(append.events().get(0).at()).isEqualTo(Instant.parse(at).plusMillis(123));
    assertThat(append.idempotency().orElseThrow().bodyDigest()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"events\":[]}",
        "{}",
        "[]",
        "null",
        "{\"events\":[{}]}",
        "{\"events\":[1]}",
        "{\"events\":[null]}",
        "{\"events\":{}}",
        "{\"events\":[{\"item\":\"m-1\"}],\"mood\":1}",
        "{\"events\":[{\"item\":null}]}",
        "{\"events\":[{\"item\":7}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":1764000000}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":-0.0001}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1.0000001}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":9007199254740993}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1e99999999999}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":\"NaN\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":true}]}",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":5.0000001}]}",
        "{\"events\":[{\"item\":\"a b\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1.01}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1e999}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":\"1\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":null}]}",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":0.4}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"2026-11-01\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"2026-02-30T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"9999-01-01T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"1999-01-01T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"mood\":1}]}"
      })
  void eventsThatDoNotFitAreRefusedWhole(String body) throws Exception {
    assertThat(stage.send("POST", "/v1/profile/history/events", body).statusCode()).isEqualTo(422);
    assertThat(stage.gateway.asked).isEmpty();
  }

  @Test
  void oneEventTooManyIsRefusedWhole() throws Exception {
    String event = "{\"item\":\"m-1\"}";
    String most = (event + ",").repeat(999) + event;
    String path = "/v1/profile/history/events";
    assertThat(stage.send("POST", path, "{\"events\":[" + most + "]}").statusCode()).isEqualTo(200);
    assertThat(stage.send("POST", path, "{\"events\":[" + event + "," + most + "]}").statusCode())
        .isEqualTo(422);
    assertThat(stage.gateway.asked).hasSize(1);
  }

  @Test
  void negativeZeroIsZero() throws Exception {
    stage.send(
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":-0.0}]}");
    var event = stage.onlyAsked(VaultRequest.AppendEvents.class).events().get(0);
    assertThat(((Event.Watched) event).progress().getAsDouble()).hasToString("0.0");
  }

  @Test
  void faultNamesThePathAndNotTheValue() throws Exception {
    var response =
        stage.send(
            "POST",
            "/v1/profile/history/events",
            "{\"events\":[{\"item\":\"m-1\"},{\"item\":\"m-2\",\"progress\":77123}]}");
    assertThat(json(response).get("detail").asText())
        .isEqualTo("events[1].progress must be a number between 0 and 1");
  }

  @Test
  void searchesCountCharacters() throws Exception {
    String path = "/v1/profile/searches/events";
    String smileys = "\uD83D\uDE00".repeat(200);
    assertThat(
            stage.send("POST", path, "{\"events\":[{\"query\":\"" + smileys + "\"}]}").statusCode())
        .isEqualTo(200);
    assertThat(
            stage
                .send("POST", path, "{\"events\":[{\"query\":\"x" + smileys + "\"}]}")
                .statusCode())
        .isEqualTo(422);
    assertThat(stage.send("POST", path, "{\"events\":[{\"query\":\"\\ud800\"}]}").statusCode())
        .isEqualTo(422);
  }

  @Test
  void idempotencyKeyMustBePrintable() throws Exception {
    String body = "{\"events\":[{\"item\":\"m-1\"}]}";
    String path = "/v1/profile/history/events";
    assertThat(stage.send("POST", path, body, "Idempotency-Key", "k".repeat(255)).statusCode())
        .isEqualTo(200);
    assertThat(stage.send("POST", path, body, "Idempotency-Key", "k".repeat(256)).statusCode())
        .isEqualTo(400);
    assertThat(stage.send("POST", path, body, "Idempotency-Key", "a\tb").statusCode())
        .isEqualTo(400);
  }
}
