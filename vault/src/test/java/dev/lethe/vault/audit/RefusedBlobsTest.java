package dev.lethe.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.consent.ReceiptSigner;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class RefusedBlobsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T06:33:33Z");

  @TempDir Path data;

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final Vertx vertx = Vertx.vertx();
  private AuditLog log;
  private RefusedBlobs blobs;

  @BeforeEach
  void open() {
    var signer = new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of());
    log = AuditLog.open(vertx, data, Clock.fixed(NOW, ZoneOffset.UTC), signer);
    InstantSource source = now::get;
    blobs = new RefusedBlobs(log, source.withZone(ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  /** What is on record, in order; whatever was appended before is durable by then. */
  private List<AuditPage.Entry> entries() throws Exception {
    return log
        .append("test", "look", "log", "done")
        .compose(written -> log.page(0, 100))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .entries()
        .stream()
        .filter(entry -> entry.actor().equals("vault"))
        .toList();
  }

  @Test
  void refusedBlobIsOnRecordWithWhoseAndWhichItIs() throws Exception {
    blobs.refused("p", "g.self");

    var entry = entries().get(0);

    assertThat(entry.action()).isEqualTo("unreadable");
    assertThat(entry.target()).isEqualTo("p g.self");
    assertThat(entry.outcome()).isEqualTo("refused");
  }

  @Test
  void theProgramsLogIsNotFilledByWhatIsReadAgainEvenWhenTheAuditLogTakesNothing() {
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    var logger = (Logger) LoggerFactory.getLogger(RefusedBlobs.class);
    logger.addAppender(logged);
    try {
      for (int n = 0; n < 100; n++) {
        blobs.refused("p", "g.self");
      }
      assertThat(logged.list).hasSize(1);
      assertThat(logged.list.get(0).getFormattedMessage()).contains("g.self");

      log.close();
      for (int n = 0; n < 100; n++) {
        blobs.refused("p", "history.1");
      }
      assertThat(logged.list).as("that it was refused, and that it is not on record").hasSize(3);
    } finally {
      logger.detachAppender(logged);
    }
  }

  @Test
  void eachBlobIsOnRecordOnceAnHour() throws Exception {
    blobs.refused("p", "g.self");
    blobs.refused("p", "history.1");
    blobs.refused("q", "g.self");
    now.set(NOW.plusSeconds(3599));
    blobs.refused("p", "g.self");
    assertThat(entries())
        .extracting(AuditPage.Entry::target)
        .containsExactly("p g.self", "p history.1", "q g.self");

    now.set(NOW.plusSeconds(3600));
    blobs.refused("p", "g.self");
    blobs.refused("p", "g.self");
    assertThat(entries()).extracting(AuditPage.Entry::target).hasSize(4).endsWith("p g.self");
  }
}
