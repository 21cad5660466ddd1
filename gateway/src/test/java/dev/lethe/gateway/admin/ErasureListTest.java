package dev.lethe.gateway.admin;

import static dev.lethe.gateway.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.http.TestTokens;
import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.ErasureStage;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureListTest {
  private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.done(1L));
    gateway.vault(VaultRequest.ListErasures.class, list -> Outcome.done(page()));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private static ErasurePage page() {
    var reached = new ErasurePage.Step(Optional.of(AT.plusSeconds(10)), Optional.of(AT));
    var ahead = new ErasurePage.Step(Optional.of(AT.plusSeconds(900)), Optional.empty());
    return new ErasurePage(
        List.of(
            new ErasurePage.Entry(
                "e-1", "pseudonym", AT, true, reached, ahead, ahead, Set.of(ErasureStage.PURGED))),
        OptionalLong.of(7));
  }

  private HttpResponse<String> list(String scope, String query) throws Exception {
    return gateway.admin(
        "GET",
        "/admin/v1/erasures" + query,
        "",
        "Authorization",
        "Bearer " + TestTokens.withScope(scope));
  }

  private VaultRequest.ListErasures asked() {
    return gateway.asked.stream()
        .filter(VaultRequest.ListErasures.class::isInstance)
        .map(VaultRequest.ListErasures.class::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void listShowsStagesAndWhichAreLate() throws Exception {
    var response = list("admin:subjects", "");

    assertThat(response.statusCode()).isEqualTo(200);
    var erasure = json(response).at("/erasures/0");
    assertThat(erasure.get("erasureId").asText()).isEqualTo("e-1");
    assertThat(erasure.get("subject").asText()).isEqualTo("pseudonym");
    assertThat(erasure.get("held").asBoolean()).isTrue();
    assertThat(erasure.at("/stages/inaccessible/at").asText())
        .isEqualTo("2026-11-01T00:00:00.000Z");
    assertThat(erasure.at("/stages/purged/at").isNull()).isTrue();
    assertThat(erasure.at("/stages/purged/by").asText()).isEqualTo("2026-11-01T00:15:00.000Z");
    assertThat(erasure.get("late")).hasSize(1);
    assertThat(erasure.at("/late/0").asText()).isEqualTo("purged");
    assertThat(json(response).get("next").asLong()).isEqualTo(7);
    assertThat(asked().state()).isEqualTo(ErasurePage.State.PENDING);
    assertThat(asked().limit()).isEqualTo(100);
  }

  @Test
  void questionIsHandedOnAndChecked() throws Exception {
    assertThat(list("admin:subjects", "?state=late&after=5&limit=2").statusCode()).isEqualTo(200);
    assertThat(asked().state()).isEqualTo(ErasurePage.State.LATE);
    assertThat(asked().after()).isEqualTo(5);
    assertThat(asked().limit()).isEqualTo(2);

    assertThat(list("admin:subjects", "?state=gone").statusCode()).isEqualTo(422);
    assertThat(list("admin:subjects", "?limit=1001").statusCode()).isEqualTo(422);
    assertThat(list("admin:keys", "").statusCode()).isEqualTo(403);
  }
}
