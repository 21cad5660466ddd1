package dev.lethe.vault.notice;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeDelivery.Answer;
import dev.lethe.vault.api.NoticeReceiver;
import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerUnavailableException;
import dev.lethe.vault.redis.NoticeStore;
import dev.lethe.vault.redis.RedisFixture;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.redis.ScanPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notices over a real Redis and a real ledger. A crash is a new {@code Notices} on what the former
 * one has stored: nothing of its memory is left.
 */
final class NoticesTest {
  private static final SubjectRef ADA = new SubjectRef("https://issuer.example", "ada");
  private static final SubjectLife LIFE = new SubjectLife("p", 1);
  private static final Set<Field> HISTORY = Set.of(Field.HISTORY);
  private final Throwable refused = new LedgerUnavailableException("no space left");

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final RedisFixture redis = RedisFixture.start();
  private final RedisLanes lanes = redis.lanes(vertx);
  private final NoticeStore store = new NoticeStore(lanes);
  private final SecureRandom random = new SecureRandom();
  private final ScriptedReceiver receiver = new ScriptedReceiver("crm");
  private volatile boolean withdrawn;
  private Keystore keystore;
  private ReceiptSigner signer;
  private Ledger ledger;
  private Notices notices;

  @BeforeEach
  void open() {
    keystore =
        Keystore.open(
            folder.resolve("keystore"),
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            random,
            ReceiptSigner::newKey);
    signer = new ReceiptSigner("lethe", keystore.receiptKey(), List.of());
    ledger = Ledger.open(folder, Clock.systemUTC(), signer);
    notices = begin(receiver);
  }

  @AfterEach
  void close() {
    notices.stop();
    await(lanes.close());
    await(vertx.close());
    redis.close();
    ledger.close();
  }

  private Notices begin(NoticeDelivery delivery) {
    var fresh =
        new Notices(
            vertx,
            store,
            ledger,
            keystore,
            new Sealer(random),
            signer,
            delivery,
            (life, purpose, fields) -> Future.succeededFuture(withdrawn),
            random,
            Clock.systemUTC());
    await(fresh.open());
    fresh.start();
    return fresh;
  }

  private void crash() {
    notices.stop();
    notices = begin(receiver);
  }

  private void erase(String id) {
    await(ledger.append(new LedgerEntry.Erase(id, "p", 1, "owner", 7, "")));
    await(ledger.append(new LedgerEntry.Erased(id, 1, Instant.now())));
  }

  private Set<String> stored() {
    return await(store.scan(ScanPage.START)).about().keySet();
  }

  private void until(BooleanSupplier reached) {
    await(
        Repetition.untilLast(
            () -> vertx.timer(5, TimeUnit.MILLISECONDS).map(waited -> reached.getAsBoolean())));
  }

  private void untilAllIsOver() {
    until(() -> notices.figures().waiting() == 0);
    assertThat(stored()).isEmpty();
  }

  private Map<String, Object> claims() {
    return receiver.pushed.stream()
        .map(NoticesTest::claims)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Map<String, Object> claims(String token) {
    try {
      return JWSObject.parse(token).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noticeWaitsForItsActAndIsThenSent() {
    var queued = await(notices.erased(ADA, LIFE, "e"));
    assertThat(stored()).hasSize(1);
    assertThat(receiver.pushed).isEmpty();

    erase("e");
    await(queued.happened());

    untilAllIsOver();
    assertThat(receiver.pushed).hasSize(1);
    assertThat(notices.ofErasure("e"))
        .extracting(NoticeState::state)
        .containsExactly(NoticeState.State.ACKNOWLEDGED);
  }

  @Test
  void crashBeforeTheActLeavesNothingToTell() {
    await(notices.erased(ADA, LIFE, "e"));
    await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY));
    withdrawn = false;

    crash();

    assertThat(stored()).isEmpty();
    assertThat(receiver.pushed).isEmpty();
  }

  @Test
  void crashAfterTheActLosesNothing() {
    await(notices.erased(ADA, LIFE, "e"));
    erase("e");

    crash();

    untilAllIsOver();
    assertThat(claims()).containsEntry("txn", "e");
  }

  @Test
  void withdrawalThatTheLedgerCompletedAfterACrashIsTold() {
    await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY));
    withdrawn = true;

    crash();

    untilAllIsOver();
    assertThat(String.valueOf(claims().get("events"))).contains("training").contains("history");
  }

  @Test
  void markedWithdrawalIsToldWhateverWasConsentedToSince() {
    receiver.down();
    await(await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY)).happened());
    withdrawn = false;

    receiver.answers(new Answer.Acknowledged());
    crash();

    untilAllIsOver();
    assertThat(receiver.pushed).isNotEmpty();
  }

  @Test
  void lostRaceTellsNobodyUnlessTheWithdrawalIsAFact() {
    withdrawn = false;
    await(await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY)).lapsed());
    assertThat(stored()).isEmpty();

    withdrawn = true;
    await(await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY)).lapsed());

    untilAllIsOver();
    assertThat(receiver.pushed).hasSize(1);
  }

  @Test
  void noticesOfActsThatTheLedgerRefusedAreTakenOutWithoutARestart() {
    var erasure = await(notices.erased(ADA, LIFE, "e"));
    var withdrawal = await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY));
    assertThat(stored()).hasSize(2);
    erasure.failed(refused);
    withdrawal.failed(refused);

    await(notices.lookAgain());

    assertThat(stored()).isEmpty();
    assertThat(notices.figures().waiting()).isZero();
    assertThat(receiver.pushed).isEmpty();
  }

  @Test
  void whatTheLedgerWroteAlthoughItRefusedItIsTold() {
    var written = await(notices.erased(ADA, LIFE, "e"));
    await(ledger.append(new LedgerEntry.Erase("e", "p", 1, "owner", 7, "")));
    written.failed(refused);
    await(notices.lookAgain());
    assertThat(stored()).as("it may be carried out at any time").hasSize(1);
    assertThat(receiver.pushed).isEmpty();

    await(ledger.append(new LedgerEntry.Erased("e", 1, Instant.now())));
    await(notices.lookAgain());

    untilAllIsOver();
    assertThat(claims()).containsEntry("txn", "e");
  }

  @Test
  void noticeOfAnErasureThatLapsedAfterAFailureIsTakenOut() {
    var queued = await(notices.erased(ADA, LIFE, "e"));
    var intent = new LedgerEntry.Erase("e", "p", 1, "owner", 7, "");
    await(ledger.append(new LedgerEntry.EraseAt(intent, 3)));
    queued.failed(new IllegalStateException("Redis was away"));
    await(notices.lookAgain());
    assertThat(stored()).hasSize(1);

    await(ledger.append(new LedgerEntry.EraseLapsed("e")));
    await(notices.lookAgain());

    assertThat(stored()).isEmpty();
  }

  @Test
  void withdrawalThatFailedHalfWayIsOnlyEverFoundToBeAFact() {
    var queued = await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY));
    queued.failed(new IllegalStateException("Redis was away"));
    await(notices.lookAgain());
    assertThat(stored()).as("its entry stands in the ledger").hasSize(1);

    withdrawn = true;
    await(notices.lookAgain());

    untilAllIsOver();
    assertThat(receiver.pushed).hasSize(1);
  }

  @Test
  void acknowledgementThatWasNotRecordedIsAskedForAgainWithTheSameToken() {
    receiver.fault(answer -> Future.failedFuture("the connection broke before the answer came"));
    var queued = await(notices.erased(ADA, LIFE, "e"));
    erase("e");
    await(queued.happened());
    until(() -> !receiver.pushed.isEmpty());

    receiver.fault(answer -> answer);
    crash();

    untilAllIsOver();
    assertThat(receiver.pushed).hasSizeGreaterThan(1);
    assertThat(Set.copyOf(receiver.pushed)).as("the very same token").hasSize(1);
  }

  @Test
  void endedNoticeThatAnOlderCopyBringsBackIsNotSentAgain() {
    var queued = await(notices.erased(ADA, LIFE, "e"));
    var before = await(store.scan(ScanPage.START));
    var about = before.about().entrySet().iterator().next();
    var sealed = before.sealed().values().iterator().next();
    erase("e");
    await(queued.happened());
    untilAllIsOver();

    await(store.put(about.getKey(), about.getValue(), sealed, Long.MAX_VALUE));
    crash();

    assertThat(stored()).isEmpty();
    assertThat(receiver.pushed).hasSize(1);
  }

  @Test
  void refusalIsFinalAndShown() {
    receiver.answers(new Answer.Refused("invalid_audience"));
    var queued = await(notices.erased(ADA, LIFE, "e"));
    erase("e");
    await(queued.happened());

    untilAllIsOver();
    assertThat(receiver.pushed).hasSize(1);
    assertThat(notices.ofErasure("e"))
        .extracting(NoticeState::state)
        .containsExactly(NoticeState.State.REFUSED);
  }

  @Test
  void nothingPersonalStandsInRedisOrLedgerInClear() throws Exception {
    receiver.down();
    var queued = await(notices.erased(ADA, LIFE, "e"));
    erase("e");
    await(queued.happened());
    until(() -> !receiver.pushed.isEmpty());

    var written = new StringBuilder();
    for (var folderOf : List.of(redis.dataDir(), folder.resolve("ledger"))) {
      try (var files = Files.walk(folderOf)) {
        for (var file :
            files.filter(path -> path.toString().matches(".*\\.(aof|jsonl)")).toList()) {
          written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertThat(written).contains("lethe:notices").doesNotContain("issuer.example");
    assertThat(written).doesNotContain("\"ada\"");
  }

  @Test
  void resealingLeavesNothingUnderTheOldEpoch() {
    receiver.down();
    for (int i = 0; i < 300; i++) {
      await(notices.erased(ADA, LIFE, "e" + i));
    }
    var next = 2;
    keystore.prepare(RotationRecord.begin("r", "test", 1, Instant.now(), false));
    keystore.activate(next);

    assertThat(await(notices.reseal(next))).isEqualTo(300);
    assertThat(await(notices.reseal(next))).isZero();
  }

  @Test
  void retiredReceiverIsGivenUpAndAStrangerIsKept() {
    receiver.down();
    var queued = await(notices.erased(ADA, LIFE, "e"));
    erase("e");
    await(queued.happened());
    notices.stop();

    notices = begin(new ScriptedReceiver("another"));
    assertThat(notices.figures().waiting()).as("its receiver is not configured").isEqualTo(1);
    notices.stop();

    notices =
        begin(
            new ScriptedReceiver(List.of(new NoticeReceiver("crm", "https://crm.example", true))));
    assertThat(notices.figures().waiting()).isZero();
    assertThat(notices.ofErasure("e"))
        .extracting(NoticeState::state)
        .containsExactly(NoticeState.State.REFUSED);
  }

  @Test
  void withoutReceiversNothingIsStored() {
    notices.stop();
    notices = begin(NoticeDelivery.NONE);

    await(notices.erased(ADA, LIFE, "e"));
    await(notices.withdrawn(ADA, LIFE, Purpose.TRAINING, HISTORY));

    assertThat(stored()).isEmpty();
  }
}
