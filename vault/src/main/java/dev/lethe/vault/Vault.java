package dev.lethe.vault;

import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.DisclosureOpener;
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
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.profile.GrantOpener;
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
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A running vault: opened and adopted in order, stopped in the opposite one. */
public final class Vault {
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
  private final RedisCare care;
  private final LedgerCare ledgerCare;
  private final AccessLog accessLog;
  private final Purge purge;
  private final LiveSubjects live;
  private final VaultParts parts;
  private String deployment = "";

  private Vault(Vertx vertx, VaultOptions options, Resources resources, StepHook hook) {
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
    this.care = new RedisCare(vertx, resources.redis());
    this.lanes =
        new RedisLanes(
            vertx, options.redisUri().orElseGet(care::uri), (runId, server) -> admit(server));
    var store = new SubjectStore(lanes);
    this.ledgerCare = new LedgerCare(vertx, resources.chains(), resources.heads(), store.heads());
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
    this.purge = new Purge(vertx, store, ledger, hook);
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

  // For what is asked for once everything stands.

  private VaultParts parts() {
    return parts;
  }

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
   * Makes sure, before so much as a passphrase is made, that no keystore is missing beside a ledger
   * that was used with one. Blocks.
   *
   * @throws VaultException when it is
   */
  public static void refuseLostKeystore(Path data, KeystorePlace keystore) {
    Installations.refuseLostKeystore(data, keystore);
  }

  /**
   * Starts a vault. The future fails, with everything that was started stopped again, when
   * keystore, ledger or store cannot be used; the failure's message says which and why in one line.
   */
  public static Future<Vault> start(Vertx vertx, VaultOptions options) {
    return start(vertx, options, StepHook.NONE);
  }

  /** The same, with somebody told of every step. */
  static Future<Vault> start(Vertx vertx, VaultOptions options, StepHook hook) {
    return vertx
        .executeBlocking(() -> Resources.open(vertx, options), false)
        .compose(
            resources -> {
              var vault = new Vault(vertx, options, resources, hook);
              return vault
                  .serve()
                  .map(vault)
                  .recover(
                      failure -> vault.stop().transform(stopped -> Future.failedFuture(failure)));
            });
  }

  private Future<Void> serve() {
    return lanes
        .ready()
        .compose(ready -> parts.erasures().resume())
        .compose(resumed -> parts.notices().open())
        .compose(
            resumed ->
                vertx.deployVerticle(
                    () -> new VaultVerticle(parts),
                    new DeploymentOptions()
                        .setInstances(Runtime.getRuntime().availableProcessors())))
        .onSuccess(
            id -> {
              deployment = id;
              parts.nodes().start();
              care.start();
              ledgerCare.start();
              purge.start();
              parts.watch().start();
              parts.notices().start();
              parts.rotations().start();
            })
        .mapEmpty();
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

  /**
   * Opens disclosures of one purpose; to be handed to the component that serves it, and to no
   * other.
   */
  public DisclosureOpener openerFor(Purpose purpose) {
    return new GrantOpener(
        purpose, resources.keystore().forPurpose(purpose), sealer, options.clock());
  }

  /** Seals what a trainer keeps; to be handed to the trainer, and to nobody else. */
  public TrainingSeal trainingSeal() {
    return trainingSeal;
  }

  /** This node among others. */
  Nodes nodes() {
    return parts.nodes();
  }

  /** Stops taking requests, stores what is still in memory and closes everything. */
  public Future<Void> stop() {
    var rotated = parts.rotations().stop();
    purge.stop();
    parts.watch().stop();
    parts.notices().stop();
    var undeployed =
        deployment.isEmpty() ? Future.<Void>succeededFuture() : vertx.undeploy(deployment);
    return undeployed
        .transform(ended -> rotated)
        .transform(ended -> accessLog.flushAll())
        .transform(ended -> parts.nodes().leave())
        .transform(ended -> care.stop())
        .transform(ended -> ledgerCare.stop())
        .transform(ended -> lanes.close())
        .onComplete(ended -> parts.keystoreProbe().close())
        .transform(ended -> vertx.executeBlocking(resources::close, false))
        .mapEmpty();
  }
}
