package dev.lethe.gateway.app;

import dev.lethe.gateway.admin.AdminListener;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.auth.SignatureProvider;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.ClientListener;
import dev.lethe.gateway.http.HttpsListener;
import dev.lethe.gateway.http.Listen;
import dev.lethe.gateway.http.Services;
import dev.lethe.gateway.ops.Readiness;
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
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything in one process. What is started is stopped in the opposite order, after a failed start
 * as much as at the end.
 */
final class Instance implements RunningInstance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** How to stop what runs; the first entry goes first. */
  private final Deque<Runnable> stops = new ArrayDeque<>();

  private final Config config;
  private final Clock clock;
  private URI client = URI.create("https:///");
  private URI admin = URI.create("https:///");
  private Path trustAnchor = Path.of("");

  private Instance(Config config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Starts everything in order. Blocks until it accepts requests.
   *
   * @throws FailedException saying in one line why it does not start; nothing is left running
   */
  static Instance start(Config config, Clock clock) {
    var instance = new Instance(config, clock);
    try {
      instance.start();
      return instance;
    } catch (RuntimeException e) {
      instance.unwind();
      throw e;
    }
  }

  private void start() {
    var folder = DataFolder.lock(config.data());
    stops.push(folder::close);
    var certificate = certificate();
    var issuers = TokenIssuers.of(config, clock);
    var vertx = Vertx.builder().with(options()).build();
    stops.push(() -> await("Vert.x", vertx::close));
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
    stops.push(tokens::stop);
    var services =
        new Services(
            vaultClient,
            new RankerClient(vertx, clock),
            tokens,
            retention,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    listen(vertx, services, certificate);
  }

  /** As many event loops as verticles of each kind: every loop has one of each. */
  private static VertxOptions options() {
    return new VertxOptions()
        .setPreferNativeTransport(true)
        .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors());
  }

  private PemKeyCertOptions certificate() {
    config.http().certificate().ifPresent(PemFiles::requirePair);
    config.admin().clientCa().ifPresent(PemFiles::requireCertificate);
    var files =
        config
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
    trustAnchor = files.certificate();
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
    stops.push(() -> await("vault", vault::stop));
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
        .ifPresent(model -> deploy(vertx, "public ratings", () -> vertx.deployVerticle(model)));
    deploy(
        vertx,
        "ranker",
        () ->
            vertx.deployVerticle(
                () -> new RankerVerticle(vaultClient, opener, models, clock), perLoop()));
    var modelFolder = config.data().resolve("model");
    OwnerOnly.folder(modelFolder);
    var trainerOfViewers = new ViewersModel(config.model(), modelFolder, models, clock);
    trainerOfViewers
        .trainer(vault, vaultClient)
        .ifPresent(trainer -> deploy(vertx, "trainer", () -> vertx.deployVerticle(trainer)));
  }

  private void listen(Vertx vertx, Services services, PemKeyCertOptions certificate) {
    var readiness = new Readiness();
    Path uploads = config.data().resolve("uploads");
    OwnerOnly.folder(uploads);
    var adminListen = new Listen(config.admin().host(), config.admin().port());
    var adminListener =
        new AdminListener(
            adminListen,
            certificate,
            config.admin().clientCa().map(Path::toString),
            services,
            uploads,
            readiness);
    deployListener(vertx, adminListen, () -> vertx.deployVerticle(adminListener));
    var clientListen = new Listen(config.http().host(), shared(config.http().port()));
    var inFlight = HttpsListener.inFlight();
    var clientListeners = new ArrayList<ClientListener>();
    deployListener(
        vertx,
        clientListen,
        () ->
            vertx.deployVerticle(
                () -> {
                  var listener = new ClientListener(clientListen, certificate, services, inFlight);
                  clientListeners.add(listener);
                  return listener;
                },
                perLoop()));
    stops.push(() -> await("admin listener", () -> adminListener.drain(DRAIN)));
    stops.push(
        () ->
            await(
                "client listeners",
                () ->
                    Future.join(clientListeners.stream().map(each -> each.drain(DRAIN)).toList())));
    stops.push(readiness::drain);
    client =
        URI.create(
            "https://" + address(new Listen(clientListen.host(), clientListeners.get(0).port())));
    admin = URI.create("https://" + address(new Listen(adminListen.host(), adminListener.port())));
  }

  /** Any port is one for all listeners of a deployment when it is negative, and one each when 0. */
  private static int shared(int port) {
    return port == 0 ? -1 : port;
  }

  private static DeploymentOptions perLoop() {
    return new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
  }

  private static String address(Listen listen) {
    String host = listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
    return host + ":" + listen.port();
  }

  private void deploy(Vertx vertx, String what, Supplier<Future<String>> deployment) {
    String id = await(what, deployment);
    stops.push(() -> await(what, () -> vertx.undeploy(id)));
  }

  /** The same, where nothing but binding an address can fail with an {@link IOException}. */
  private void deployListener(Vertx vertx, Listen listen, Supplier<Future<String>> deployment) {
    try {
      deploy(vertx, address(listen), deployment);
    } catch (FailedException e) {
      if (e.getCause() instanceof IOException) {
        throw new FailedException(
            "address "
                + address(listen)
                + " is in use or not ours: free it, or choose another host or port",
            e.getCause());
      }
      throw e;
    }
  }

  private static <T> T await(String what, Supplier<Future<T>> work) {
    try {
      return work.get().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      var cause = Optional.ofNullable(e.getCause()).orElse(e);
      String reason =
          Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
      throw new FailedException(what + ": " + reason, cause);
    }
  }

  @Override
  public URI client() {
    return client;
  }

  @Override
  public URI admin() {
    return admin;
  }

  @Override
  public Path trustAnchor() {
    return trustAnchor;
  }

  @Override
  public void close() {
    if (!unwind()) {
      throw new FailedException("not everything stopped");
    }
  }

  private synchronized boolean unwind() {
    boolean well = true;
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException e) {
        LOG.error("stopping: {}", e.getMessage());
        well = false;
      }
    }
    return well;
  }
}
