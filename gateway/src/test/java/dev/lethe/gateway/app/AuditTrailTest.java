package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lethe.vault.audit.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real instance puts on record of administrators, and what it keeps out. */
final class AuditTrailTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String VIEWER = "canary-viewer-8d21";
  private static final String ADMIN = "operator";
  private static final String ERASE = "/admin/v1/subjects/erase";
  private static final String REKEY = "/admin/v1/subjects/rekey";

  @TempDir Path folder;
  private LiveInstance instance;
  private String admin;

  @BeforeEach
  void start() {
    instance = new LiveInstance(folder);
    admin = instance.token(ADMIN, "admin:keys admin:subjects admin:audit admin:catalog");
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private String viewerWithData() {
    var token = instance.token(VIEWER, "profile:read profile:write consent rank erase");
    var stored =
        instance.client(token, "PUT", "/v1/profile/preferences", "{\"genres\":{\"Drama\":1}}");
    assertThat(stored.statusCode()).isEqualTo(204);
    return token;
  }

  private static String naming(String subject) {
    return "{\"sub\":\"" + subject + "\"}";
  }

  /** The file's entries as {@code actor action target outcome}. */
  private List<String> entries() throws IOException {
    var entries = new ArrayList<String>();
    for (String line : Files.readAllLines(AuditLog.file(folder))) {
      JsonNode body = JSON.readTree(line).get("body");
      entries.add(
          String.join(
              " ",
              body.get("actor").asText(),
              body.get("action").asText(),
              body.get("target").asText(),
              body.get("outcome").asText()));
    }
    return entries;
  }

  /** The pseudonym that a receipt names. */
  private static String pseudonym(String erasure) throws IOException {
    String receipt =
        JSON.readTree(erasure).at("/stages/inaccessible/receipt").asText().split("\\.", -1)[1];
    return JSON.readTree(Base64.getUrlDecoder().decode(receipt)).get("subject").asText();
  }

  @Test
  void anActOnAViewerNamesAdministratorPseudonymAndOutcome() throws IOException {
    viewerWithData();

    assertThat(instance.admin(admin, "POST", REKEY, naming(VIEWER)).statusCode()).isEqualTo(200);
    var erased = instance.admin(admin, "POST", ERASE, naming(VIEWER));
    assertThat(erased.statusCode()).isEqualTo(200);

    var viewer = pseudonym(erased.body());
    assertThat(entries())
        .containsExactly(
            "operator rekeySubject " + viewer + " asked",
            "operator rekeySubject " + viewer + " done",
            "operator eraseSubject " + viewer + " asked",
            "operator eraseSubject " + viewer + " done");
  }

  @Test
  void anAttemptThatCameToNothingIsOnRecord() throws IOException {
    assertThat(instance.admin(admin, "POST", ERASE, naming("nobody")).statusCode()).isEqualTo(404);
    assertThat(instance.admin(admin, "POST", ERASE, "{\"sub\":").statusCode()).isEqualTo(400);
    assertThat(instance.admin(admin, "POST", REKEY, "{\"name\":\"x\"}").statusCode())
        .isEqualTo(422);

    assertThat(entries())
        .satisfiesExactly(
            asked -> assertThat(asked).matches("operator eraseSubject [\\w-]+ asked"),
            failed -> assertThat(failed).matches("operator eraseSubject [\\w-]+ failed 404"),
            malformed ->
                assertThat(malformed).isEqualTo("operator eraseSubject " + ERASE + " failed 400"),
            invalid ->
                assertThat(invalid).isEqualTo("operator rekeySubject " + REKEY + " failed 422"));
  }

  @Test
  void aReadingHasOneEntry() throws IOException {
    instance.admin(admin, "GET", "/admin/v1/keys", "");
    instance.admin(admin, "GET", "/admin/v1/audit", "");
    instance.admin(admin, "GET", "/admin/v1/audit/verify", "");
    instance.admin(admin, "GET", "/admin/v1/key-rotations/" + VIEWER, "");

    assertThat(entries())
        .containsExactly(
            "operator readKeys keys done",
            "operator readAudit audit log done",
            "operator verifyAudit audit log done",
            "operator readRotation unknown rotation failed 404");
  }

  @Test
  void aRotationIsNamed() throws IOException {
    var started =
        instance.admin(admin, "POST", "/admin/v1/key-rotations", "{\"reason\":\"drill\"}");
    var id = JSON.readTree(started.body()).get("id").asText();
    instance.admin(admin, "GET", "/admin/v1/key-rotations/" + id, "");

    assertThat(entries())
        .containsExactly(
            "operator startRotation keys asked",
            "operator startRotation " + id + " done",
            "operator readRotation " + id + " done");
  }

  @Test
  void aRefusedCatalogueIsOnRecord() throws IOException {
    var refused = instance.admin(admin, "PUT", "/admin/v1/titles", "{}");
    assertThat(refused.statusCode()).isEqualTo(415);

    assertThat(entries()).containsExactly("operator replaceTitles /admin/v1/titles failed 415");
  }

  @Test
  void whoIsTurnedAwayIsOnRecordWithNothingOfTheToken() throws IOException {
    var viewer = viewerWithData();
    var forged = viewer.substring(0, viewer.length() - 8) + "AAAAAAAA";

    assertThat(instance.admin(forged, "POST", ERASE, naming(VIEWER)).statusCode()).isEqualTo(401);
    assertThat(instance.admin(viewer, "POST", ERASE, naming(VIEWER)).statusCode()).isEqualTo(403);
    var erased = instance.client(viewer, "DELETE", "/v1/profile", "");

    assertThat(entries())
        .containsExactly(
            "anonymous eraseSubject " + ERASE + " refused",
            pseudonym(erased.body()) + " eraseSubject " + ERASE + " refused");
  }

  @Test
  void noSubjectIssuerOrTokenIsInTheFile() throws IOException {
    var viewer = viewerWithData();
    instance.admin(viewer, "GET", "/admin/v1/keys", "");
    instance.admin(viewer + "x", "POST", REKEY, naming(VIEWER));
    instance.admin(admin, "POST", REKEY, naming(VIEWER));
    instance.admin(admin, "POST", ERASE, "{\"iss\":\"lethe-dev\",\"sub\":\"" + VIEWER + "\"}");
    instance.admin(
        admin, "POST", ERASE, "{\"sub\":\"" + VIEWER + "\",\"more\":\"" + VIEWER + "\"}");
    instance.admin(admin, "GET", "/admin/v1/key-rotations/" + VIEWER, "");

    var file = Files.readString(AuditLog.file(folder), StandardCharsets.UTF_8);
    assertThat(file).contains("eraseSubject").doesNotContain(VIEWER, "lethe-dev");
    for (String token : List.of(viewer, admin)) {
      for (String part : token.split("\\.", -1)) {
        assertThat(file).doesNotContain(part);
      }
    }
  }
}
