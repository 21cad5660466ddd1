package dev.lethe.gateway.app;

import static dev.lethe.gateway.app.Lifecycle.await;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.auth.SignatureProvider;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.Services;
import dev.lethe.ranker.RankerVerticle;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import dev.lethe.vault.Vault;
import dev.lethe.vault.VaultOptions;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.rotation.RotationRule;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Clock;

/**
 * The order in which the parts of an instance start, and what each is given.
 *
 * @param lifecycle told of each part that runs
 */
record Startup(Config config, Clock clock, Lifecycle lifecycle) {
  /**
   * Starts every part. Blocks until requests are accepted.
   *
   * @throws FailedException saying in one line why it does not start; what runs is left running
   */
  Instance run() {
    var folder = DataFolder.lock(config.data());
    lifecycle.onStop(folder::close);
    var certificate = certificate();
    var issuers = TokenIssuers.of(config, clock);
    var vertx = Vertx.builder().with(EventLoops.onePerProcessor()).build();
    lifecycle.onStop(() -> await("Vert.x", vertx::close));
    LocalCodec.register(vertx);
    // Meanwhile: a library is loaded and tests itself.
    var signatures = vertx.executeBlocking(SignatureProvider::fastest, false);
    var retention = new RetentionRule(config.retention().maxEvents(), config.retention().maxAge());
    var vault = startVault(vertx, retention);
    var vaultClient = new VaultClient(vertx, clock);
    startRanker(vertx, vault, vaultClient);
    var tokens =
        new TokenVerifier(
            vertx, await("signature checks", () -> signatures), issuers, config.skew(), clock);
    await("token issuers", tokens::start);
    lifecycle.onStop(tokens::stop);
    var services =
        new Services(
            vaultClient,
            new RankerClient(vertx, clock),
            tokens,
            retention,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var addresses = new Listeners(config, vertx, services, options(certificate), lifecycle).start();
    return new Instance(lifecycle, addresses, certificate.certificate());
  }

  private Config.CertificateFiles certificate() {
    config.http().certificate().ifPresent(PemFiles::requirePair);
    config.admin().clientCa().ifPresent(PemFiles::requireCertificate);
    return config
        .http()
        .certificate()
        .orElseGet(
            () -> {
              var own =
                  TlsCertificate.in(
                      config.data().resolve("tls"),
                      clock,
                      config.http().host(),
                      config.admin().host());
              return new Config.CertificateFiles(own.certificate(), own.key());
            });
  }

  private static PemKeyCertOptions options(Config.CertificateFiles files) {
    return new PemKeyCertOptions()
        .setCertPath(files.certificate().toString())
        .setKeyPath(files.key().toString());
  }

  private Vault startVault(Vertx vertx, RetentionRule retention) {
    var place = OpenedKeystore.place(config.keystore());
    Vault.refuseLostKeystore(config.data(), place);
    var options =
        new VaultOptions(
            config.data(),
            config.redisUri(),
            place,
            OpenedKeystore.access(config.keystore()),
            new RotationRule(
                config.rotation().every(),
                config.rotation().grace(),
                config.rotation().backupRequired()),
            retention,
            clock,
            config.controller(),
            Notices.delivery(vertx, config.receivers()));
    var vault = await("vault", () -> Vault.start(vertx, options));
    lifecycle.onStop(() -> await("vault", vault::stop));
    return vault;
  }

  private void startRanker(Vertx vertx, Vault vault, VaultClient vaultClient) {
    var opener = vault.openerFor(Purpose.PERSONALIZATION);
    var catalog =
        await(
            "catalogue",
            () -> vertx.executeBlocking(() -> CatalogStore.open(config.data(), config.catalog())));
    var models = new Models(catalog);
    config
        .model()
        .publicRatings()
        .map(file -> new PublicModel(file, models))
        .ifPresent(
            model -> lifecycle.deploy(vertx, "public ratings", () -> vertx.deployVerticle(model)));
    lifecycle.deploy(
        vertx,
        "ranker",
        () ->
            vertx.deployVerticle(
                () -> new RankerVerticle(vaultClient, opener, models, clock), EventLoops.onEach()));
    var modelFolder = config.data().resolve("model");
    OwnerOnly.folder(modelFolder);
    var trainerOfViewers = new ViewersModel(config.model(), modelFolder, models, clock);
    trainerOfViewers
        .trainer(vault, vaultClient)
        .ifPresent(
            trainer -> lifecycle.deploy(vertx, "trainer", () -> vertx.deployVerticle(trainer)));
  }
}
