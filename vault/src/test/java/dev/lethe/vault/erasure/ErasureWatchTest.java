package dev.lethe.vault.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.ErasureStage;
import dev.lethe.vault.api.VaultFigures.Pending;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import dev.lethe.vault.ledger.MovingClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Erasures that are in time and others that are not, by a clock that a test moves. */
final class ErasureWatchTest {
  private static final Instant START = Instant.parse("2026-11-24T06:00:00Z");
  private static final Instant BY = START.plus(Duration.ofDays(1));
  private static final StageDeadlines DEADLINES =
      new StageDeadlines(Duration.ofSeconds(10), Duration.ofMinutes(15));

  @TempDir private Path folder;
  private final MovingClock clock = new MovingClock();
  private final Vertx vertx = Vertx.vertx();
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ErasureWatch.class);
  private final List<Instant> dueSince = new ArrayList<>();
  private Future<Void> finishing = Future.succeededFuture();
  private Ledger ledger;
  private ErasureWatch watch;

  @BeforeEach
  void open() {
    clock.set(START);
    var signer = new ReceiptSigner("lethe", ReceiptSigner.newKey(new SecureRandom()), List.of());
    ledger = Ledger.open(folder, clock, signer);
    watch = new ErasureWatch(vertx, ledger.index(), this::finish, DEADLINES, clock);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void close() {
    logger.detachAppender(logged);
    ledger.close();
    vertx.close();
  }

  private void write(LedgerEntry entry) throws Exception {
    get(ledger.append(entry));
  }

  private static void get(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private void ask(String id) throws Exception {
    write(new LedgerEntry.Erase(id, "p-" + id, 1, "owner", 7, ""));
  }

  private Future<Void> finish(Instant since) {
    dueSince.add(since);
    return finishing;
  }

  private void at(Duration since) {
    clock.set(START.plus(since));
  }

  private List<String> warnings() {
    return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private List<String> ids(ErasurePage.State state) {
    return watch.page(state, 0, 100).entries().stream().map(ErasurePage.Entry::erasureId).toList();
  }

  @Test
  void eachStageThatIsMissedIsLateAndSaidOnce() throws Exception {
    ask("e");
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 0, 0));

    at(Duration.ofSeconds(11));
    assertThat(watch.look().late()).isEqualTo(new Pending(1, 0, 0));
    assertThat(watch.look().late()).isEqualTo(new Pending(1, 0, 0));
    assertThat(warnings()).containsExactly("erasure e is late: it is not inaccessible yet");

    write(new LedgerEntry.Erased("e", 1, BY));
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 0, 0));

    at(Duration.ofMinutes(16));
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 1, 0));
    at(Duration.ofDays(1).plusSeconds(1));
    var both = watch.look();
    assertThat(both.late()).isEqualTo(new Pending(0, 1, 1));
    assertThat(both.oldest()).isEqualTo(Duration.ofDays(1).plusSeconds(1));
    assertThat(warnings())
        .containsExactly(
            "erasure e is late: it is not inaccessible yet",
            "erasure e is late: it is not purged yet",
            "erasure e is late: it is not unrecoverable yet");

    write(new LedgerEntry.Purged(List.of("e")));
    write(new LedgerEntry.EpochDestroyed(1, "r"));
    var over = watch.look();
    assertThat(over.late()).isEqualTo(new Pending(0, 0, 0));
    assertThat(over.oldest()).isZero();
  }

  @Test
  void whatAHoldKeepsIsNeverLateAndWhatItsEndLeavesBehindIs() throws Exception {
    write(new LedgerEntry.StateChange(Act.HOLD, "p-e", 1, "operator"));
    ask("e");
    write(new LedgerEntry.Withheld("e"));
    at(Duration.ofDays(100));
    assertThat(watch.look()).isEqualTo(ErasureWatch.Tally.NOTHING);
    assertThat(entry("e").held()).isTrue();
    assertThat(entry("e").purged().by()).isEmpty();

    write(new LedgerEntry.StateChange(Act.RELEASE, "p-e", 0, "operator"));
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 0, 0));
    assertThat(entry("e").held()).isFalse();
    at(Duration.ofDays(100).plusMinutes(16));
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 1, 0));
    assertThat(entry("e").late()).containsExactly(ErasureStage.PURGED);

    write(new LedgerEntry.Erased("e", 1, START.plus(Duration.ofDays(101))));
    assertThat(watch.look().late()).isEqualTo(new Pending(0, 0, 0));
  }

  @Test
  void whatIsOverdueIsTriedAgainAtEachRoundAndAFailureIsSaidOnce() throws Exception {
    at(Duration.ofMinutes(1));
    finishing = Future.failedFuture("Redis is away");
    for (int round = 0; round < 3; round++) {
      get(watch.round());
    }
    assertThat(dueSince)
        .hasSize(3)
        .containsOnly(START.plus(Duration.ofMinutes(1)).minusSeconds(10));
    assertThat(warnings())
        .containsExactly("overdue erasures are tried again until they are finished: Redis is away");

    finishing = Future.succeededFuture();
    get(watch.round());
    finishing = Future.failedFuture("Redis is away");
    get(watch.round());
    assertThat(warnings()).hasSize(2);
  }

  private ErasurePage.Entry entry(String id) {
    return watch.page(ErasurePage.State.PENDING, 0, 100).entries().stream()
        .filter(entry -> entry.erasureId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void manyThatBecomeLateTogetherAreNotAllNamed() throws Exception {
    for (int i = 0; i < 25; i++) {
      ask("e" + i);
    }
    at(Duration.ofMinutes(1));
    watch.look();
    watch.look();
    assertThat(warnings()).hasSize(11).last().asString().startsWith("15 more are late");
  }

  @Test
  void pagesShowWhatIsPendingWhatIsLateAndEverything() throws Exception {
    ask("over");
    write(new LedgerEntry.Erased("over", 1, BY));
    write(new LedgerEntry.Purged(List.of("over")));
    write(new LedgerEntry.EpochDestroyed(1, "r"));
    ask("late");
    at(Duration.ofSeconds(30));
    ask("new");
    write(new LedgerEntry.EraseAt(new LedgerEntry.Erase("lapsed", "q", 1, "owner", 7, ""), 3));
    write(new LedgerEntry.EraseLapsed("lapsed"));

    assertThat(ids(ErasurePage.State.ALL)).containsExactly("over", "late", "new");
    assertThat(ids(ErasurePage.State.PENDING)).containsExactly("late", "new");
    assertThat(ids(ErasurePage.State.LATE)).containsExactly("late");

    var late = watch.page(ErasurePage.State.LATE, 0, 1).entries().get(0);
    assertThat(late.pseudonym()).isEqualTo("p-late");
    assertThat(late.late()).containsExactly(ErasureStage.INACCESSIBLE);
    assertThat(late.inaccessible().by()).contains(START.plusSeconds(10));
    assertThat(late.purged().by()).isEmpty();
  }

  @Test
  void pagesFollowOneAnotherAndEnd() throws Exception {
    for (int i = 0; i < 5; i++) {
      ask("e" + i);
    }
    var first = watch.page(ErasurePage.State.ALL, 0, 2);
    var second = watch.page(ErasurePage.State.ALL, first.next().orElseThrow(), 2);
    var third = watch.page(ErasurePage.State.ALL, second.next().orElseThrow(), 2);

    assertThat(List.of(first, second, third))
        .flatExtracting(ErasurePage::entries)
        .extracting(ErasurePage.Entry::erasureId)
        .containsExactly("e0", "e1", "e2", "e3", "e4");
    assertThat(third.next()).isEmpty();
    assertThat(watch.page(ErasurePage.State.ALL, 0, 5).next()).isEmpty();
  }
}
