package dev.lethe.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.http.TestGateway;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
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

class MetricsTest {
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

  @Test
  void metricsComeWithoutTheVaultToo() throws Exception {
    gateway.vault(VaultRequest.ReadFigures.class, read -> figures(7));
    assertThat(gateway.admin("GET", "/metrics", "").body().lines())
        .contains(
            "lethe_vault_up 1.0",
            "lethe_redis_up 0.0",
            "lethe_erasures_pending{stage=\"purged\"} 2.0",
            "lethe_subjects_held 5.0",
            "lethe_subjects_restricted 6.0",
            "lethe_erasures_late{stage=\"purged\"} 2.0",
            "lethe_erasures_late{stage=\"inaccessible\"} 0.0",
            "lethe_erasures_oldest_pending_seconds 1.5",
            "lethe_purge_refused 1.0",
            "lethe_notices_waiting 6.0",
            "lethe_notices_oldest_waiting_seconds 2.5",
            "lethe_rotation_state{state=\"resealing\"} 1.0",
            "lethe_rotation_state{state=\"complete\"} 0.0",
            "lethe_rotation_people_done 5.0",
            "lethe_people_asked_total{purpose=\"personalization\"} 9.0",
            "lethe_people_asked_total{purpose=\"training\"} 0.0",
            "lethe_blobs_refused_total 7.0");

    gateway.vault(
        VaultRequest.ReadFigures.class, read -> Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    // Consumers of one address take turns.
    var second =
        List.of(gateway.admin("GET", "/metrics", ""), gateway.admin("GET", "/metrics", ""));
    assertThat(second)
        .extracting(HttpResponse::body)
        .anySatisfy(
            body ->
                assertThat(body.lines())
                    .contains(
                        "lethe_vault_up 0.0",
                        "lethe_redis_up NaN",
                        "lethe_blobs_refused_total 7.0"));
  }

  private static Outcome<VaultFigures> figures(long refused) {
    return Outcome.done(
        new VaultFigures(
            false,
            new VaultFigures.Chain(true, 12),
            true,
            new VaultFigures.Pending(1, 2, 3),
            new VaultFigures.States(5, 6),
            new VaultFigures.Overdue(
                new VaultFigures.Pending(0, 2, 1), Duration.ofMillis(1_500), true),
            new VaultFigures.Notices(6, Duration.ofMillis(2_500)),
            4,
            Optional.of(
                new Rotation(
                    "r-1",
                    Rotation.State.RESEALING,
                    "drill",
                    3,
                    4,
                    100,
                    5,
                    Instant.parse("2026-11-01T00:00:00Z"),
                    Optional.empty(),
                    false,
                    Optional.empty())),
            Map.of(Purpose.PERSONALIZATION, 9L),
            refused));
  }

  @Test
  void metricsNameRoutesAndNeverPaths() throws Exception {
    gateway.client("GET", "/v1/erasures/very-personal-id", "");
    gateway.client("BREW", "/v1/profile", "");
    gateway.client("GET", "/v1/no-such-thing", "");
    String metrics = gateway.admin("GET", "/metrics", "").body();
    assertThat(metrics)
        .contains("lethe_http_requests_seconds_count")
        .contains("route=\"/v1/erasures/{erasureId}\"")
        .doesNotContain("very-personal-id")
        .doesNotContain("BREW")
        .doesNotContain("no-such-thing");
    assertThat(metrics.lines().filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.startsWith("lethe_"));
  }
}
