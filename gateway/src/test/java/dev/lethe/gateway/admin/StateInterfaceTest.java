package dev.lethe.gateway.admin;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.http.TestTokens;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Legal hold and restriction over HTTPS. */
class StateInterfaceTest {
  private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
  private static final String SOMEBODY = "{\"sub\":\"somebody\"}";

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.done(1L));
    gateway.vault(
        VaultRequest.ChangeState.class,
        change -> Outcome.done(new SubjectState(Optional.of(SINCE), Optional.empty())));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private HttpResponse<String> post(String scope, String name, String body) throws Exception {
    return gateway.admin(
        "POST",
        "/admin/v1/subjects/" + name,
        body,
        "Authorization",
        "Bearer " + TestTokens.withScope(scope),
        "Content-Type",
        "application/json");
  }

  private List<VaultRequest.Audit> audited() {
    return gateway.asked.stream()
        .filter(VaultRequest.Audit.class::isInstance)
        .map(VaultRequest.Audit.class::cast)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "hold,HOLD,holdSubject",
    "release,RELEASE,releaseSubject",
    "restrict,RESTRICT,restrictSubject",
    "unrestrict,UNRESTRICT,unrestrictSubject"
  })
  void eachActChangesThatStateAndIsOnRecord(String name, StateChange change, String operation)
      throws Exception {
    var response = post("admin:subjects", name, SOMEBODY);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"held\":true,\"heldSince\":\"2026-11-01T00:00:00.000Z\","
                + "\"restricted\":false,\"restrictedSince\":null}");
    var asked =
        gateway.asked.stream()
            .filter(VaultRequest.ChangeState.class::isInstance)
            .map(VaultRequest.ChangeState.class::cast)
            .findFirst()
            .orElseThrow();
    var somebody = new SubjectRef(TestTokens.ISSUER, "somebody");
    assertThat(asked.change()).isEqualTo(change);
    assertThat(asked.actor()).isEqualTo("viewer-4711");
    assertThat(asked.caller().subject()).isEqualTo(somebody);
    assertThat(asked.caller().token()).isEqualTo(TokenRef.ADMINISTRATOR);
    assertThat(audited())
        .extracting(VaultRequest.Audit::action, VaultRequest.Audit::target)
        .containsOnly(tuple(operation, new AuditName.Viewer(somebody)));
    assertThat(audited()).extracting(VaultRequest.Audit::outcome).containsExactly("asked", "done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "release", "restrict", "unrestrict", "held"})
  void scopeAndBodyAreChecked(String name) throws Exception {
    assertThat(post("admin:keys admin:audit", name, SOMEBODY).statusCode()).isEqualTo(403);
    assertThat(post("admin:subjects", name, "{").statusCode()).isEqualTo(400);
    assertThat(post("admin:subjects", name, "{}").statusCode()).isEqualTo(422);
    assertThat(post("admin:subjects", name, "{\"sub\":\"somebody\",\"why\":\"x\"}").statusCode())
        .isEqualTo(422);
    assertThat(gateway.admin("GET", "/admin/v1/subjects/" + name, "").statusCode()).isEqualTo(405);
    assertThat(gateway.client("POST", "/admin/v1/subjects/" + name, SOMEBODY).statusCode())
        .isEqualTo(404);
    assertThat(gateway.asked).noneMatch(VaultRequest.ChangeState.class::isInstance);
  }

  @Test
  void nothingToHoldIsNotFound() throws Exception {
    gateway.vault(VaultRequest.ReadHeld.class, read -> Outcome.refused(Outcome.Refusal.NOT_FOUND));

    var response = post("admin:subjects", "held", SOMEBODY);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(audited())
        .extracting(VaultRequest.Audit::outcome)
        .containsExactly("asked", "failed 404");
  }

  @Test
  void whatIsHeldComesLifeByLife() throws Exception {
    var export =
        new Export(
            Optional.empty(),
            new Consents(0, Map.of()),
            List.of(),
            List.of(),
            new RetentionRule(1_000, Duration.ofDays(365)),
            "a controller");
    gateway.vault(
        VaultRequest.ReadHeld.class,
        read ->
            Outcome.done(
                List.of(
                    new HeldLife(1, Optional.of("e-1"), export),
                    new HeldLife(2, Optional.empty(), export))));

    var lives = json(post("admin:subjects", "held", SOMEBODY)).get("lives");

    assertThat(lives.size()).isEqualTo(2);
    assertThat(lives.get(0).get("life").asInt()).isEqualTo(1);
    assertThat(lives.get(0).get("erasureId").asText()).isEqualTo("e-1");
    assertThat(lives.get(1).get("erasureId").isNull()).isTrue();
    assertThat(lives.get(1).get("export").get("controller").asText()).isEqualTo("a controller");
  }

  @Test
  void aHoldThatKeepsNothingAnyMoreIsEmpty() throws Exception {
    gateway.vault(VaultRequest.ReadHeld.class, read -> Outcome.done(List.of()));

    assertThat(post("admin:subjects", "held", SOMEBODY).body()).isEqualTo("{\"lives\":[]}");
  }

  @Test
  void writingToRestrictedDataIsOneClearConflict() throws Exception {
    gateway.vault(
        VaultRequest.PutDocument.class, put -> Outcome.refused(Outcome.Refusal.RESTRICTED));

    var response =
        gateway.client(
            "PUT",
            "/v1/profile/preferences",
            "{}",
            "Authorization",
            "Bearer " + TestTokens.withScope("profile:write"),
            "Content-Type",
            "application/json");

    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(slug(response)).isEqualTo("restricted");
  }
}
