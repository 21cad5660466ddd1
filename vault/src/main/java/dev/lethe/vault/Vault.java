package dev.lethe.vault;

import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.profile.GrantOpener;
import dev.lethe.vault.protocol.StepHook;
import dev.lethe.vault.rotation.Nodes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/** A running vault: opened and adopted in order, stopped in the opposite one. */
public final class Vault {
  private final Vertx vertx;
  private final VaultOptions options;
  private final Resources resources;
  private final RedisCare redisCare;
  private final LedgerCare ledgerCare;
  private final Assembly assembly;
  private final VaultParts parts;
  private String deployment = "";

  private Vault(Vertx vertx, VaultOptions options, Resources resources, StepHook hook) {
    this.vertx = vertx;
    this.options = options;
    this.resources = resources;
    this.redisCare = new RedisCare(vertx, resources.redis());
    var uri = options.redisUri().orElseGet(redisCare::uri);
    this.assembly = new Assembly(vertx, options, resources, hook, uri);
    this.parts = assembly.parts();
    this.ledgerCare =
        new LedgerCare(vertx, resources.chains(), resources.heads(), parts.store().heads());
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
    return assembly
        .lanes()
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
              redisCare.start();
              ledgerCare.start();
              parts.purge().start();
              parts.watch().start();
              parts.notices().start();
              parts.rotations().start();
            })
        .mapEmpty();
  }

  /**
   * Opens disclosures of one purpose; to be handed to the component that serves it, and to no
   * other.
   */
  public DisclosureOpener openerFor(Purpose purpose) {
    return new GrantOpener(
        purpose, parts.keystore().forPurpose(purpose), parts.sealer(), options.clock());
  }

  /** Seals what a trainer keeps; to be handed to the trainer, and to nobody else. */
  public TrainingSeal trainingSeal() {
    return assembly.trainingSeal();
  }

  /** This node among others. */
  Nodes nodes() {
    return parts.nodes();
  }

  /** Stops taking requests, stores what is still in memory and closes everything. */
  public Future<Void> stop() {
    var rotated = parts.rotations().stop();
    parts.purge().stop();
    parts.watch().stop();
    parts.notices().stop();
    var undeployed =
        deployment.isEmpty() ? Future.<Void>succeededFuture() : vertx.undeploy(deployment);
    return undeployed
        .transform(ended -> rotated)
        .transform(ended -> assembly.accessLog().flushAll())
        .transform(ended -> parts.nodes().leave())
        .transform(ended -> redisCare.stop())
        .transform(ended -> ledgerCare.stop())
        .transform(ended -> assembly.lanes().close())
        .onComplete(ended -> parts.keystoreProbe().close())
        .transform(ended -> vertx.executeBlocking(resources::close, false))
        .mapEmpty();
  }
}
