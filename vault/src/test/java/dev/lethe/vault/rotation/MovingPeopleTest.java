package dev.lethe.vault.rotation;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.erasure.DeletionPromise;
import dev.lethe.vault.erasure.ErasureView;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.erasure.Holds;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.RotationRecord;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.BlindScan;
import dev.lethe.vault.redis.NoticeStore;
import dev.lethe.vault.redis.PassingServers;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.RedisFixture;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.HeldSubjects;
import dev.lethe.vault.subject.LedgerGuard;
import dev.lethe.vault.subject.LiveSubjects;
import dev.lethe.vault.subject.Places;
import dev.lethe.vault.subject.Step;
import dev.lethe.vault.subject.Subjects;
import dev.lethe.vault.subject.UnderWay;
import dev.lethe.vault.training.EpochTrainingSeal;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who is put aside in the middle of a pass, which then sees them at neither place. */
final class MovingPeopleTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final RetentionRule RETENTION = new RetentionRule(1000, Duration.ofDays(365));

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final RedisFixture redis = RedisFixture.start();
  private final RedisLanes lanes = redis.lanes(vertx);
  private final SubjectStore store = new SubjectStore(lanes);
  private final SecureRandom random = new SecureRandom();
  private final Sealer sealer = new Sealer(random);
  private final Caller ada =
      new Caller(
          new SubjectRef("https://issuer.example", "ada"),
          TokenRef.ADMINISTRATOR,
          CLOCK.instant().plusSeconds(240),
          "0".repeat(32));
  private Keystore keystore;
  private Ledger ledger;
  private Erasures erasures;
  private Subjects subjects;
  private LiveSubjects live;
  private Places places;

  @BeforeEach
  void start() {
    LocalCodec.register(vertx);
    keystore =
        Keystore.open(
            folder.resolve("keystore"),
            "a passphrase for tests".toCharArray(),
            CLOCK,
            random,
            ReceiptSigner::newKey);
    var signer = new ReceiptSigner("lethe", keystore.receiptKey(), List.of());
    ledger = Ledger.open(folder, CLOCK, signer);
    var notices =
        new Notices(
            vertx,
            new NoticeStore(lanes),
            ledger,
            keystore,
            sealer,
            signer,
            NoticeDelivery.NONE,
            (life, purpose, fields) -> Future.succeededFuture(false),
            random,
            CLOCK);
    var unlearning =
        new Unlearning(
            vertx,
            store,
            keystore.ring(),
            sealer,
            new EpochTrainingSeal(keystore.ring()::active, keystore.ring(), sealer),
            CLOCK);
    erasures =
        new Erasures(
            store,
            ledger,
            keystore,
            new ErasureView(signer),
            new DeletionPromise(keystore.ring(), Duration.ofDays(1), CLOCK),
            notices,
            unlearning,
            StepHook.NONE,
            random,
            CLOCK);
    var guard =
        new LedgerGuard(
            store, ledger, erasures, keystore, sealer, RETENTION, new UnderWay(), CLOCK);
    subjects = new Subjects(store, guard, keystore, sealer, RETENTION, notices, unlearning, CLOCK);
    live = new LiveSubjects(store, guard, keystore, sealer, CLOCK);
    places =
        new Places(
            live,
            new HeldSubjects(store, ledger.index(), erasures, keystore, sealer, CLOCK),
            ledger.index());
  }

  @AfterEach
  void stop() {
    ledger.close();
    await(lanes.close());
    redis.close();
    await(vertx.close());
  }

  private static <T> T done(Future<Outcome<T>> outcome) {
    return ((Outcome.Done<T>) await(outcome)).value();
  }

  private Reseal reseal(RotationRecord rotation) {
    var run = new RotationRun(rotation);
    var gate =
        new RotationGate(
            vertx, run, new Stopping(), () -> true, () -> false, Future::succeededFuture);
    return new Reseal(
        BlindScan.of(lanes),
        places,
        new Loops(vertx),
        gate,
        new Pace(new ServingLatency(System::nanoTime), System::nanoTime),
        false,
        new Sample(new Random(1)));
  }

  /** Puts the person aside; answers where. */
  private Place putAside() {
    var document = new Demographics(Optional.empty(), Optional.of("DE"), Optional.empty());
    done(
        subjects.<Long>revise(
            ada,
            (subject, version) ->
                Step.Commit.of(subjects.revision(subject, version).put(document), version)));
    var pseudonym = subjects.pseudonym(ada);
    var life = Future.succeededFuture(Outcome.done(OptionalLong.of(1)));
    done(new Holds(ledger, erasures).change(Act.HOLD, pseudonym, () -> life, "operator"));
    assertThat(done(erasures.erase(ada, "operator", OptionalLong.empty())).held()).isTrue();
    return Place.held(pseudonym, 1);
  }

  @Test
  void isFoundAllTheSame() {
    var held = putAside();
    assertThat(await(store.epochOf(held))).hasValue(1);
    var rotation = RotationRecord.begin("r", "test", 1, CLOCK.instant(), false);
    keystore.prepare(rotation);
    keystore.activate(2);

    var reseal = reseal(rotation);

    assertThat(await(reseal.verify(2))).isEqualTo(1);
    assertThat(await(store.epochOf(held))).hasValue(2);
    assertThat(await(reseal.verify(2))).isZero();
    await(reseal.openSample());
  }

  @Test
  void isResealedOnlyOnTheServerThatTheyWereReadFrom() {
    var held = putAside();
    keystore.prepare(RotationRecord.begin("r", "test", 1, CLOCK.instant(), false));
    keystore.activate(2);
    var passing =
        new HeldSubjects(
            PassingServers.of(lanes), ledger.index(), erasures, keystore, sealer, CLOCK);

    var resealed = new Places(live, passing, ledger.index()).reseal(held, false);

    assertThat(await(resealed)).isFalse();
    assertThat(await(store.epochOf(held))).hasValue(1);
  }
}
