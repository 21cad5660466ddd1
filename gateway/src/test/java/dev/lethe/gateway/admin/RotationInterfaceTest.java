package dev.lethe.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.http.TestTokens;
import dev.lethe.vault.api.Exposure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the security team steers and watches rotations. */
class RotationInterfaceTest {
  private static final Instant STARTED = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2026-11-01T06:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.done(1L));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private static Rotation rotation(State state, boolean rekey) {
    return new Rotation(
        "r-1",
        state,
        "drill",
        3,
        4,
        100,
        5,
        STARTED,
        Optional.empty(),
        rekey,
        state == State.PAUSED ? Optional.of(UNTIL) : Optional.empty());
  }

  private HttpResponse<String> call(String method, String path, String... headers)
      throws Exception {
    var all = new String[headers.length + 2];
    all[0] = "Authorization";
    all[1] = "Bearer " + TestTokens.withScope("admin:keys");
    System.arraycopy(headers, 0, all, 2, headers.length);
    return gateway.admin(method, path, "", all);
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  @Test
  void pausedRotationSaysUntilWhen() throws Exception {
    gateway.vault(
        VaultRequest.PauseRotation.class, pause -> Outcome.done(rotation(State.PAUSED, false)));

    var response = call("POST", "/admin/v1/key-rotations/r-1/pause");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).get("state").asText()).isEqualTo("paused");
    assertThat(json(response).get("pausedUntil").asText()).isEqualTo("2026-11-01T06:00:00.000Z");
  }

  @Test
  void rotationThatCannotBePausedIsAConflict() throws Exception {
    gateway.vault(
        VaultRequest.PauseRotation.class, pause -> Outcome.refused(Outcome.Refusal.CONFLICT));

    assertThat(call("POST", "/admin/v1/key-rotations/r-1/pause").statusCode()).isEqualTo(409);
  }

  @Test
  void resumedRotationGoesOn() throws Exception {
    gateway.vault(
        VaultRequest.ResumeRotation.class,
        resume -> Outcome.done(rotation(State.RESEALING, false)));

    var response = call("POST", "/admin/v1/key-rotations/r-1/resume");

    assertThat(json(response).get("state").asText()).isEqualTo("resealing");
    assertThat(json(response).get("pausedUntil").isNull()).isTrue();
  }

  @Test
  void eventsTellEachChangeAndEndWithTheRotation() throws Exception {
    Iterator<State> states =
        List.of(State.RESEALING, State.RESEALING, State.RESEALING, State.VERIFYING, State.COMPLETE)
            .iterator();
    gateway.vault(
        VaultRequest.ReadRotation.class, read -> Outcome.done(rotation(states.next(), false)));

    var response = call("GET", "/admin/v1/key-rotations/r-1", "Accept", "text/event-stream");

    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.body().split("\n\n", -1))
        .hasSize(4)
        .satisfies(
            events -> {
              assertThat(events[0])
                  .startsWith("event: progress\ndata: {")
                  .contains("\"state\":\"resealing\"");
              assertThat(events[1]).contains("\"state\":\"verifying\"");
              assertThat(events[2]).contains("\"state\":\"complete\"");
              assertThat(events[3]).isEmpty();
            });
  }

  @Test
  void eventsOfNoRotationAreNotFound() throws Exception {
    gateway.vault(
        VaultRequest.ReadRotation.class, read -> Outcome.refused(Outcome.Refusal.NOT_FOUND));

    var response = call("GET", "/admin/v1/key-rotations/none", "Accept", "text/event-stream");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void compromisedEpochBeginsARotation() throws Exception {
    gateway.vault(
        VaultRequest.Compromised.class,
        compromised ->
            compromised.epoch() == 3
                ? Outcome.done(rotation(State.DISTRIBUTING, true))
                : Outcome.refused(Outcome.Refusal.NOT_FOUND));

    var response = call("POST", "/admin/v1/epochs/3/compromised");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location")).contains("/admin/v1/key-rotations/r-1");
    assertThat(json(response).get("rekey").asBoolean()).isTrue();
    assertThat(call("POST", "/admin/v1/epochs/three/compromised").statusCode()).isEqualTo(404);
  }

  @Test
  void exposureIsCountedForAnEpochPurposeAndSpan() throws Exception {
    gateway.vault(
        VaultRequest.CountExposure.class,
        count -> Outcome.done(new Exposure(7, Map.of(Field.HISTORY, 5L), 2)));

    var response =
        call(
            "GET",
            "/admin/v1/exposure?epoch=3&purpose=personalization&from=2026-11-01T00:00:00Z"
                + "&to=2026-11-02T00:00:00Z");

    assertThat(json(response).get("people").asInt()).isEqualTo(7);
    assertThat(json(response).get("erased").asInt()).isEqualTo(2);
    assertThat(json(response).at("/fields/history").asInt()).isEqualTo(5);
    assertThat(json(response).at("/fields/searches").asInt()).isZero();
    assertThat(gateway.asked)
        .filteredOn(VaultRequest.CountExposure.class::isInstance)
        .map(VaultRequest.CountExposure.class::cast)
        .singleElement()
        .satisfies(
            count -> {
              assertThat(count.purpose()).isEqualTo(Purpose.PERSONALIZATION);
              assertThat(count.from()).isEqualTo(STARTED);
            });
  }

  @Test
  void exposureNeedsAnEpochAndASpanThatIsOne() throws Exception {
    assertThat(call("GET", "/admin/v1/exposure").statusCode()).isEqualTo(422);
    assertThat(call("GET", "/admin/v1/exposure?epoch=0").statusCode()).isEqualTo(422);
    assertThat(call("GET", "/admin/v1/exposure?epoch=1&purpose=profit").statusCode())
        .isEqualTo(422);
    assertThat(
            call(
                    "GET",
                    "/admin/v1/exposure?epoch=1&from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z")
                .statusCode())
        .isEqualTo(422);
  }
}
