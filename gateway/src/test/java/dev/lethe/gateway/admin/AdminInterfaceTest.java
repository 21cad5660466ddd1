package dev.lethe.gateway.admin;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.http.TestTokens;
import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminInterfaceTest {
  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private void auditWorks() {
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.done(1L));
  }

  private void rotationWorks() {
    gateway.vault(
        VaultRequest.StartRotation.class,
        start ->
            Outcome.done(
                new Rotation(
                    "r-1",
                    Rotation.State.RESEALING,
                    start.reason(),
                    3,
                    4,
                    100,
                    5,
                    Instant.parse("2026-11-01T00:00:00Z"),
                    Optional.empty(),
                    false,
                    Optional.empty())));
  }

  private HttpResponse<String> as(
      String scope, String method, String path, String type, String body) throws Exception {
    return gateway.admin(
        method,
        path,
        body,
        "Authorization",
        "Bearer " + TestTokens.withScope(scope),
        "Content-Type",
        type);
  }

  private List<String> audited() {
    return gateway.asked.stream()
        .filter(VaultRequest.Audit.class::isInstance)
        .map(VaultRequest.Audit.class::cast)
        .map(
            entry ->
                shown(entry.actor())
                    + " "
                    + entry.action()
                    + " "
                    + shown(entry.target())
                    + ": "
                    + entry.outcome())
        .toList();
  }

  private static String shown(AuditName name) {
    return name instanceof AuditName.Clear clear ? clear.text() : "viewer";
  }

  @Test
  void rotationIsOnRecordBeforeItBegins() throws Exception {
    auditWorks();
    rotationWorks();
    var response =
        as(
            "admin:keys",
            "POST",
            "/admin/v1/key-rotations",
            "application/json",
            "{\"reason\":\"x\"}");
    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.headers().firstValue("Location")).contains("/admin/v1/key-rotations/r-1");
    assertThat(json(response).get("state").asText()).isEqualTo("resealing");
    assertThat(json(response).get("completedAt").isNull()).isTrue();
    assertThat(new ArrayList<>(gateway.asked))
        .extracting(Object::getClass)
        .containsExactly(
            VaultRequest.Audit.class, VaultRequest.StartRotation.class, VaultRequest.Audit.class);
    assertThat(audited())
        .containsExactly(
            "viewer-4711 startRotation keys: asked", "viewer-4711 startRotation r-1: done");
  }

  @Test
  void reasonIsOptionalAndPrintable() throws Exception {
    auditWorks();
    rotationWorks();
    String path = "/admin/v1/key-rotations";
    assertThat(as("admin:keys", "POST", path, "application/json", "").statusCode()).isEqualTo(202);
    assertThat(
            as("admin:keys", "POST", path, "application/json", "{\"reason\":\"a\\u0007\"}")
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void nothingIsDoneThatCannotBeWrittenDown() throws Exception {
    rotationWorks();
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    var response = as("admin:keys", "POST", "/admin/v1/key-rotations", "application/json", "{}");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(gateway.asked).hasOnlyElementsOfType(VaultRequest.Audit.class);
  }

  @Test
  void nothingIsShownThatCannotBeWrittenDown() throws Exception {
    gateway.vault(VaultRequest.ReadKeys.class, read -> Outcome.done(new Keys(4, List.of(), 0)));
    assertThat(as("admin:keys", "GET", "/admin/v1/keys", "text/plain", "").statusCode())
        .isEqualTo(503);
    auditWorks();
    assertThat(as("admin:keys", "GET", "/admin/v1/keys", "text/plain", "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void viewerIsNamedToTheVaultBeforeTheAct() throws Exception {
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    gateway.vault(VaultRequest.Rekey.class, rekey -> Outcome.done(9L));
    var response =
        as(
            "admin:subjects",
            "POST",
            "/admin/v1/subjects/rekey",
            "application/json",
            "{\"sub\":\"somebody\"}");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new ArrayList<>(gateway.asked))
        .singleElement()
        .extracting(asked -> ((VaultRequest.Audit) asked).target())
        .isEqualTo(new AuditName.Viewer(new SubjectRef(TestTokens.ISSUER, "somebody")));
  }

  @Test
  void anActWithoutAnAnswerMayHaveHappened() throws Exception {
    auditWorks();
    var response = as("admin:keys", "POST", "/admin/v1/key-rotations", "application/json", "{}");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(audited())
        .containsExactly(
            "viewer-4711 startRotation keys: asked", "viewer-4711 startRotation keys: unknown 503");
  }

  @Test
  void catalogueThatCannotBeWrittenDownIsDeleted() throws Exception {
    var response = as("admin:catalog", "PUT", "/admin/v1/titles", "application/x-ndjson", "{}");
    assertThat(response.statusCode()).isEqualTo(503);
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void refusedAttemptsAreOnRecord() throws Exception {
    auditWorks();
    assertThat(gateway.admin("GET", "/admin/v1/keys", "").statusCode()).isEqualTo(401);
    assertThat(
            as("admin:audit profile:read", "GET", "/admin/v1/keys", "text/plain", "").statusCode())
        .isEqualTo(403);
    assertThat(audited())
        .containsExactly(
            "anonymous readKeys /admin/v1/keys: refused",
            "viewer readKeys /admin/v1/keys: refused");
  }

  @Test
  void administratorActsOnTheSoleIssuersSubject() throws Exception {
    auditWorks();
    gateway.vault(VaultRequest.Rekey.class, rekey -> Outcome.done(9L));
    var response =
        as(
            "admin:subjects",
            "POST",
            "/admin/v1/subjects/rekey",
            "application/json",
            "{\"sub\":\"somebody\"}");
    assertThat(response.body()).isEqualTo("{\"version\":9}");
    var rekey =
        gateway.asked.stream()
            .filter(VaultRequest.Rekey.class::isInstance)
            .map(VaultRequest.Rekey.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(rekey.caller().subject().issuer()).isEqualTo(TestTokens.ISSUER);
    assertThat(rekey.caller().subject().subject()).isEqualTo("somebody");
    assertThat(rekey.caller().token()).isEqualTo(TokenRef.ADMINISTRATOR);
    assertThat(rekey.actor()).isEqualTo("viewer-4711");
  }

  @Test
  void catalogueReachesTheRankerInAPrivateFile() throws Exception {
    auditWorks();
    var seen = new ArrayList<String>();
    gateway.ranker(
        RankerRequest.ReplaceCatalog.class,
        replace -> {
          try {
            Path file = Path.of(replace.file());
            seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            seen.add(Files.readString(file));
            Files.delete(file);
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
          return Outcome.done(new CatalogVerdict.Accepted(1));
        });
    String lines = "{\"id\":\"m-1\",\"title\":\"One\"}\n";
    var response = as("admin:catalog", "PUT", "/admin/v1/titles", "application/x-ndjson", lines);
    assertThat(response.body()).isEqualTo("{\"titles\":1}");
    assertThat(seen).containsExactly("rw-------", lines);
  }

  @Test
  void rejectedCatalogueNamesTheLine() throws Exception {
    auditWorks();
    gateway.ranker(
        RankerRequest.ReplaceCatalog.class,
        replace -> Outcome.done(new CatalogVerdict.Rejected(3, "title is required")));
    var response = as("admin:catalog", "PUT", "/admin/v1/titles", "application/x-ndjson", "{}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(json(response).get("detail").asText()).isEqualTo("line 3: title is required");
  }

  @Test
  void catalogueThatNobodyTookIsDeleted() throws Exception {
    auditWorks();
    var response = as("admin:catalog", "PUT", "/admin/v1/titles", "application/x-ndjson", "{}");
    assertThat(response.statusCode()).isEqualTo(503);
    try (var files = Files.list(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @Test
  void catalogueMustBeNdjson() throws Exception {
    auditWorks();
    var response = as("admin:catalog", "PUT", "/admin/v1/titles", "application/json", "{}");
    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(slug(response)).isEqualTo("media-type");
  }

  @Test
  void readyOnlyWhenEverythingIsUp() throws Exception {
    assertThat(gateway.admin("GET", "/health/live", "").statusCode()).isEqualTo(200);
    assertThat(gateway.admin("GET", "/health/ready", "").statusCode()).isEqualTo(503);
    gateway.vault(
        VaultRequest.ReadHealth.class,
        read ->
            Outcome.done(
                new VaultHealth(
                    Map.of("redis", true, "ledger", true, "keystore", true, "sealing", true))));
    var ready = gateway.admin("GET", "/health/ready", "");
    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo(
            "{\"status\":\"up\",\"checks\":{\"redis\":\"up\",\"ledger\":\"up\","
                + "\"keystore\":\"up\",\"sealing\":\"up\",\"issuers\":\"up\"}}");
    gateway.readiness.drain();
    assertThat(gateway.admin("GET", "/health/ready", "").statusCode()).isEqualTo(503);
  }

  @Test
  void routesNotBuiltAreNotThere() throws Exception {
    for (String path : List.of("/admin/v1/subjects/pardon", "/admin/v1/epochs")) {
      assertThat(gateway.admin("POST", path, "").statusCode()).isEqualTo(404);
    }
  }
}
