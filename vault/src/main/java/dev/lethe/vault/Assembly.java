package dev.lethe.vault;

import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.audit.RefusedBlobs;
import dev.lethe.vault.consent.ConsentTerms;
import dev.lethe.vault.consent.ConsentTerms.Expression;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.erasure.DeletionPromise;
import dev.lethe.vault.erasure.ErasureView;
import dev.lethe.vault.erasure.ErasureWatch;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.erasure.Holds;
import dev.lethe.vault.erasure.Purge;
import dev.lethe.vault.erasure.StageDeadlines;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.redis.BackupMark;
import dev.lethe.vault.redis.Lease;
import dev.lethe.vault.redis.NoticeStore;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SealingLease;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.rotation.Epochs;
import dev.lethe.vault.rotation.Exposures;
import dev.lethe.vault.rotation.Nodes;
import dev.lethe.vault.rotation.Rotations;
import dev.lethe.vault.rotation.ServingLatency;
import dev.lethe.vault.subject.HeldSubjects;
import dev.lethe.vault.subject.LedgerGuard;
import dev.lethe.vault.subject.LiveSubjects;
import dev.lethe.vault.subject.Places;
import dev.lethe.vault.subject.Subjects;
import dev.lethe.vault.subject.Trainees;
import dev.lethe.vault.subject.UnderWay;
import dev.lethe.vault.training.EpochTrainingSeal;
import dev.lethe.vault.training.Unlearning;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;

/**
 * Makes the parts of a vault over what it rests on, and joins them. None runs yet; and the lanes
 * admit a server only when all of them are there.
 */
final class Assembly {
  /** Rankings of which a receipt is wanted, between their disclosure and their end. */
  private static final int RECEIPTS_WAITING = 10_000;

  private final Vertx vertx;
  private final VaultOptions options;
  private final Resources resources;
  private final StepHook hook;
  private final SecureRandom random = new SecureRandom();
  private final Sealer sealer;
  private final EpochTrainingSeal trainingSeal;
  private final UnderWay underWay = new UnderWay();
  private final RedisLanes lanes;
  private final AccessLog accessLog;
  private final LiveSubjects live;
  private final VaultParts parts;

  /**
   * @param redisUri of the server to connect to, once somebody waits for the lanes
   */
  Assembly(Vertx vertx, VaultOptions options, Resources resources, StepHook hook, String redisUri) {
    this.vertx = vertx;
    this.options = options;
    this.resources = resources;
    this.hook = hook;
    var clock = options.clock();
    this.sealer = new Sealer(random, new RefusedBlobs(resources.audit(), clock));
    var keystore = resources.keystore();
    var ledger = resources.ledger();
    this.trainingSeal =
        new EpochTrainingSeal(
            keystore.ring()::active, keystore.forPurpose(Purpose.TRAINING), sealer);
    this.lanes = new RedisLanes(vertx, redisUri, (runId, server) -> admit(server));
    var store = new SubjectStore(lanes);
    var signer = resources.signer();
    var notices = notices(signer);
    var erasures = erasures(store, signer, notices);
    var guard = guard(store, erasures);
    this.live = new LiveSubjects(store, guard, keystore, sealer, clock);
    var subjects =
        new Subjects(
            store, guard, keystore, sealer, options.retention(), notices, unlearning(store), clock);
    var held = new HeldSubjects(store, ledger.index(), erasures, keystore, sealer, clock);
    var places = new Places(live, held, ledger.index());
    this.accessLog = new AccessLog(vertx, store.accessLogs(), sealer, clock);
    var purge = new Purge(vertx, store, ledger, hook);
    var serving = new ServingLatency(System::nanoTime);
    var nodes =
        new Nodes(
            vertx, keystore, new SealingLease(resources.node(), System::nanoTime), store.nodes());
    var rotations =
        Rotations.of(
            vertx,
            keystore,
            ledger,
            store,
            nodes,
            places,
            resources.audit(),
            new Lease(lanes, "rotation", resources.node(), Lease.LENGTH, System::nanoTime),
            serving,
            new BackupMark(lanes),
            notices::reseal,
            options.rotation(),
            hook,
            clock);
    var profile = new ProfileRequests(subjects, accessLog);
    var consents = new ConsentRequests(subjects, signer, terms(Expression.EXPRESSED));
    var owners = new OwnerRequests(subjects, accessLog, profile, consents, options.controller());
    var recent = new RecentDisclosures(clock, RECEIPTS_WAITING);
    var disclosures = new Disclosures(subjects, accessLog, recent);
    var trainees = new Trainees(store, guard, keystore, sealer, trainingSeal, serving::isServing);
    this.parts =
        new VaultParts(
            disclosures,
            new TrainingRequests(trainees, disclosures, trainingSeal),
            new RankingReceipts(vertx, recent, signer, clock),
            profile,
            consents,
            owners,
            new ErasureRequests(subjects, erasures),
            new StateRequests(subjects, new Holds(ledger, erasures), ledger.index(), held, owners),
            new ImportRequests(subjects, accessLog, terms(Expression.IMPORTED)),
            erasures,
            new ErasureWatch(vertx, ledger.index(), erasures, StageDeadlines.STANDARD, clock),
            purge,
            notices,
            nodes,
            rotations,
            new Epochs(keystore, ledger, store, rotations),
            new Exposures(vertx, keystore, ledger, store, places, serving, clock),
            serving,
            resources.audit(),
            signer,
            store,
            ledger,
            keystore,
            new KeystoreProbe(vertx, keystore::healthy),
            sealer);
  }

  private ConsentTerms terms(Expression expression) {
    return new ConsentTerms(options.controller(), options.retention(), expression);
  }

  private Notices notices(ReceiptSigner signer) {
    return new Notices(
        vertx,
        new NoticeStore(lanes),
        resources.ledger(),
        resources.keystore(),
        sealer,
        signer,
        options.notices(),
        (life, purpose, fields) -> live().withdrawn(life, purpose, fields),
        random,
        options.clock());
  }

  // Asked for once everything stands.

  private LiveSubjects live() {
    return live;
  }

  private Erasures erasures(SubjectStore store, ReceiptSigner signer, Notices notices) {
    return new Erasures(
        store,
        resources.ledger(),
        resources.keystore(),
        new ErasureView(signer),
        new DeletionPromise(
            resources.keystore().ring(), options.rotation().every(), options.clock()),
        notices,
        unlearning(store),
        hook,
        random,
        options.clock());
  }

  private Unlearning unlearning(SubjectStore store) {
    return new Unlearning(
        vertx, store, resources.keystore().ring(), sealer, trainingSeal, options.clock());
  }

  private LedgerGuard guard(SubjectStore store, Erasures erasures) {
    return new LedgerGuard(
        store,
        resources.ledger(),
        erasures,
        resources.keystore(),
        sealer,
        options.retention(),
        underWay,
        options.clock());
  }

  /**
   * Before a run of a server is served from: it must be ours, and no richer than the ledger allows.
   */
  private Future<Void> admit(SubjectStore server) {
    var guard = guard(server, erasures(server, resources.signer(), parts().notices()));
    var nodes = parts().nodes();
    var replay = new Replay(resources.ledger().index(), guard, nodes, server.nodes());
    return Installations.claim(vertx, server, resources)
        .compose(claimed -> nodes.admit(server.nodes()))
        .compose(admitted -> replay.run());
  }

  /** The connections to Redis. */
  RedisLanes lanes() {
    return lanes;
  }

  /** Who reads whom; some of it is in memory for a while. */
  AccessLog accessLog() {
    return accessLog;
  }

  /** Seals what a trainer keeps. */
  TrainingSeal trainingSeal() {
    return trainingSeal;
  }

  /** What answers requests. */
  VaultParts parts() {
    return parts;
  }
}
