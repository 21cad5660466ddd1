package dev.lethe.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.consent.ReceiptSigner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:33:33.123Z");

  private static final ReceiptSigner SIGNER =
      new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of());

  @TempDir Path data;

  private final Vertx vertx = Vertx.vertx();

  private AuditLog open() {
    return AuditLog.open(vertx, data, Clock.fixed(NOW, ZoneOffset.UTC), SIGNER);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    get(vertx.close());
  }

  @Test
  void entryIsShownAsItWasRecorded() throws Exception {
    try (var log = open()) {
      assertThat(get(log.append("ada", "rotate", "epoch 4", "accepted"))).isEqualTo(1);

      var page = get(log.page(0, 10));
      var check = get(log.verify());

      assertThat(page.next()).isEmpty();
      assertThat(page.entries())
          .containsExactly(
              new AuditPage.Entry(1, NOW, "ada", "rotate", "epoch 4", "accepted", check.head()));
      assertThat(check.entries()).isEqualTo(1);
    }
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    try (var log = open()) {
      for (var n = 1; n <= 5; n++) {
        get(log.append("ada", "erase", "p" + n, "done"));
      }
      var first = get(log.page(0, 2));
      var second = get(log.page(first.next().orElseThrow(), 2));
      var third = get(log.page(second.next().orElseThrow(), 2));

      assertThat(first.entries()).extracting(AuditPage.Entry::target).containsExactly("p1", "p2");
      assertThat(second.entries()).extracting(AuditPage.Entry::target).containsExactly("p3", "p4");
      assertThat(third.entries()).extracting(AuditPage.Entry::target).containsExactly("p5");
      assertThat(third.next()).isEmpty();
      assertThat(get(log.page(3, 2)).next()).isEmpty();
    }
  }

  @Test
  void changedEntryIsFound() throws Exception {
    try (var log = open()) {
      get(log.append("ada", "erase", "p1", "done"));
      get(log.append("ada", "erase", "p2", "done"));
      var path = AuditLog.file(data);
      Files.writeString(path, Files.readString(path).replace("\"ada\"", "\"bob\""));

      assertThat(get(log.verify()).fault())
          .hasValueSatisfying(fault -> assertThat(fault).startsWith("entry 1:"));
      assertThat(AuditLog.verify(data, SIGNER).ok()).isFalse();
    }
  }
}
