package dev.lethe.vault.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.RedisFixture;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A real Redis whose user may not do what purging needs. */
final class RefusedPurgeTest {
  private static final Purge.Paces QUICK =
      new Purge.Paces(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(20));

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final RedisFixture redis = RedisFixture.start();
  private final RedisLanes lanes = redis.lanes(vertx);
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Purge.class);
  private Ledger ledger;
  private Purge purge;

  @BeforeEach
  void open() {
    var signer = new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of());
    ledger = Ledger.open(folder, Clock.systemUTC(), signer);
    purge = new Purge(vertx, new SubjectStore(lanes), ledger, StepHook.NONE, QUICK);
    logged.start();
    logger.addAppender(logged);
    RedisFixture.await(lanes.ready());
  }

  @AfterEach
  void close() {
    purge.stop();
    logger.detachAppender(logged);
    RedisFixture.await(lanes.close());
    RedisFixture.await(vertx.close());
    redis.close();
    ledger.close();
  }

  private void until(BooleanSupplier reached) {
    RedisFixture.await(
        Repetition.untilLast(
            () -> vertx.timer(5, TimeUnit.MILLISECONDS).map(waited -> reached.getAsBoolean())));
  }

  private boolean purged() {
    return ledger.index().erasure("e").orElseThrow().purgedAt().isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bgrewriteaof", "config"})
  void erasureStaysUnpurgedUntilTheCommandIsAllowed(String command) {
    redis.command("ACL", "SETUSER", "default", "-" + command);
    RedisFixture.await(ledger.append(new LedgerEntry.Erase("e", "p", 1, "owner", 7, "")));
    RedisFixture.await(ledger.append(new LedgerEntry.Erased("e", 1, Instant.now())));

    purge.start();

    until(purge::refused);
    RedisFixture.await(vertx.timer(200, TimeUnit.MILLISECONDS)); // many tries, by these paces
    assertThat(purged()).isFalse();
    assertThat(logged.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("Redis refuses to rewrite its files, so erasures are not purged until it does")
        .contains(command);

    redis.command("ACL", "SETUSER", "default", "+" + command);

    until(this::purged);
    until(() -> !purge.refused());
  }

  @Test
  void triesBecomeRarer() {
    var paces = Purge.Paces.STANDARD;
    assertThat(paces.after(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(paces.after(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(paces.after(4)).isEqualTo(Duration.ofSeconds(80));
    assertThat(paces.after(1_000_000)).isEqualTo(Duration.ofMinutes(15));
  }
}
