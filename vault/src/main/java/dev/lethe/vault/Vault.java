package dev.lethe.vault;

import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.erasure.DeletionPromise;
import dev.lethe.vault.erasure.ErasureView;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.erasure.Purge;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.profile.GrantOpener;
import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.rotation.RotationSteps;
import dev.lethe.vault.rotation.Rotations;
import dev.lethe.vault.subject.LedgerGuard;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.Optional;

/** A running vault: opened and adopted in order, stopped in the opposite one. */
public final class Vault {
  private final Vertx vertx;
  private final VaultOptions options;
  private final Resources resources;
  private final AccessLog accessLog;
  private final Purge purge;
  private final RotationSteps steps;
  private final Sealer sealer;
  private final VaultParts parts;
  private final LedgerGuard guard;
  private String deployment = "";

  /** What was opened on the way, to be closed again. */
  record Resources(
      Keystore keystore, Ledger ledger, AuditLog audit, Optional<EmbeddedRedis> redis, RedisLanes lanes) {}

  private Vault(Vertx vertx, VaultOptions options, Resources resources) {
    this.vertx = vertx;
    this.options = options;
    this.resources = resources;
    var random = new SecureRandom();
    var clock = options.clock();
    var keystore = resources.keystore();
    var ledger = resources.ledger();
    var store = new SubjectStore(vertx, resources.lanes());
    this.sealer = new Sealer(random);
    var signer = new ReceiptSigner("lethe", keystore.receiptKey(), keystore.retiredReceiptKeys());
    var erasures =
        new Erasures(
            store,
            ledger,
            keystore,
            new ErasureView(signer),
            new DeletionPromise(keystore.ring(), options.rotationEvery(), clock),
            random,
            clock);
    this.guard = new LedgerGuard(store, ledger, erasures, keystore, sealer, options.retention(), clock);
    var subjects = new Subjects(store, guard, keystore, sealer, options.retention(), clock);
    this.accessLog = new AccessLog(vertx, store, sealer, clock);
    this.purge = new Purge(vertx, store, ledger);
    this.steps =
        new RotationSteps(
            vertx, keystore, ledger, store, subjects, resources.audit(), options.rotationGrace(), clock);
    var rotations = new Rotations(vertx, keystore, ledger, store, steps, options.rotationEvery(), clock);
    var profile = new ProfileRequests(subjects, accessLog);
    var consents = new ConsentRequests(subjects, signer);
    this.parts =
        new VaultParts(
            new Disclosures(subjects, accessLog),
            profile,
            consents,
            new OwnerRequests(subjects, accessLog, profile, consents),
            erasures,
            rotations,
            resources.audit(),
            signer,
            store,
            ledger,
            keystore);
  }

  /**
   * Starts a vault. The future fails, with everything that was started stopped again, when keystore, ledger or store cannot be used; the failure's
   * message says which and why in one line.
   */
  public static Future<Vault> start(Vertx vertx, VaultOptions options) {
    return VaultOpening.open(vertx, options)
        .compose(
            resources -> {
              var vault = new Vault(vertx, options, resources);
              return vault.serve().map(vault).recover(failure -> vault.stop().transform(stopped -> Future.failedFuture(failure)));
            });
  }

  private Future<Void> serve() {
    resources.lanes().onIdentity(runId -> replay());
    return resources
        .lanes()
        .ready()
        .compose(ready -> VaultOpening.claim(vertx, parts.store(), resources.keystore(), resources.ledger()))
        .compose(claimed -> parts.erasures().resume())
        .compose(
            resumed ->
                vertx.deployVerticle(
                    () -> new VaultVerticle(parts),
                    new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())))
        .onSuccess(
            id -> {
              deployment = id;
              purge.start();
              parts.rotations().start();
            })
        .mapEmpty();
  }

  /** Takes away again what the ledger says was taken away, from a store that may have gone back in time. */
  private Future<Void> replay() {
    Future<Void> done = Future.succeededFuture();
    for (var pseudonym : resources.ledger().index().pseudonymsToReplay()) {
      done = done.compose(before -> guard.replay(pseudonym));
    }
    return done;
  }

  /** Opens disclosures of one purpose; to be handed to the component that serves it, and to no other. */
  public DisclosureOpener openerFor(Purpose purpose) {
    return new GrantOpener(purpose, resources.keystore().forPurpose(purpose), sealer, options.clock());
  }

  /** Stops taking requests, stores what is still in memory and closes everything. */
  public Future<Void> stop() {
    steps.stop();
    purge.stop();
    var undeployed = deployment.isEmpty() ? Future.<Void>succeededFuture() : vertx.undeploy(deployment);
    return undeployed
        .transform(ended -> accessLog.flushAll())
        .transform(ended -> VaultOpening.close(vertx, resources));
  }
}
