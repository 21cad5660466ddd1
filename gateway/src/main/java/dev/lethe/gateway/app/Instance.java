package dev.lethe.gateway.app;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.gateway.admin.AdminListener;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.ClientListener;
import dev.lethe.gateway.http.Listen;
import dev.lethe.gateway.http.Services;
import dev.lethe.gateway.ops.Readiness;
import dev.lethe.ranker.RankerVerticle;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.vault.Vault;
import dev.lethe.vault.VaultOptions;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vault, ranker and gateway in one process: started in order, stopped in the opposite one. */
public final class Instance implements RunningInstance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final long PATIENCE_SECONDS = 60;

  private final Deque<Runnable> undo;
  private final URI client;
  private final URI admin;
  private final Path trustAnchor;

  private Instance(Deque<Runnable> undo, URI client, URI admin, Path trustAnchor) {
    this.undo = undo;
    this.client = client;
    this.admin = admin;
    this.trustAnchor = trustAnchor;
  }

  /** Starts an instance; see {@link RunningInstance.Starter}. */
  public static RunningInstance start(Config config, Clock clock) {
    var undo = new ArrayDeque<Runnable>();
    try {
      return start(config, clock, undo);
    } catch (RuntimeException e) {
      undo.forEach(Instance::quietly);
      throw e instanceof FailedException already ? already : new FailedException(oneLine(e), e);
    }
  }

  private static Instance start(Config config, Clock clock, Deque<Runnable> undo) {
    var folder = DataFolder.lock(config.data());
    undo.push(folder::close);
    var passphrase = Passphrase.of(config.keystore());
    var certificate = certificate(config, clock);
    var issuers = issuers(config, clock);
    var uploads = config.data().resolve("uploads");
    OwnerOnly.folder(uploads);

    var vertx = Vertx.vertx();
    undo.push(() -> await(vertx.close(), "Vert.x"));
    LocalCodec.register(vertx);
    var retention = new RetentionRule(config.retention().maxEvents(), config.retention().maxAge());
    var vault =
        await(Vault.start(vertx, vaultOptions(config, passphrase, retention, clock)), "vault");
    undo.push(() -> await(vault.stop(), "vault"));

    var vaultClient = new VaultClient(vertx, clock);
    var catalog = CatalogStore.open(config.data(), config.catalog());
    await(
        vertx.deployVerticle(
            new RankerVerticle(
                vaultClient, vault.openerFor(Purpose.PERSONALIZATION), catalog, clock)),
        "ranker");

    var tokens = new TokenVerifier(vertx, issuers, config.skew(), clock);
    await(tokens.start(), "issuers");
    undo.push(tokens::stop);
    var services =
        new Services(
            vaultClient,
            new RankerClient(vertx, clock),
            tokens,
            retention,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    return listen(config, vertx, certificate, services, uploads, undo);
  }

  private static Instance listen(
      Config config,
      Vertx vertx,
      Config.CertificateFiles certificate,
      Services services,
      Path uploads,
      Deque<Runnable> undo) {
    var keys =
        new PemKeyCertOptions()
            .setCertPath(certificate.certificate().toString())
            .setKeyPath(certificate.key().toString());
    var readiness = new Readiness();
    var http = config.http();
    var clients = new ClientListener(new Listen(http.host(), http.port()), keys, services);
    await(vertx.deployVerticle(clients), "port " + http.port());
    var own = config.admin();
    var admins =
        new AdminListener(
            new Listen(own.host(), own.port()),
            keys,
            own.clientCa().map(Path::toString),
            services,
            uploads,
            readiness);
    await(vertx.deployVerticle(admins), "admin port " + own.port());
    undo.push(
        () -> {
          readiness.drain();
          await(Future.join(clients.drain(DRAIN), admins.drain(DRAIN)), "listeners");
        });
    return new Instance(
        undo,
        address(http.host(), clients.port()),
        address(own.host(), admins.port()),
        certificate.certificate());
  }

  private static URI address(String host, int port) {
    return URI.create("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  private static Config.CertificateFiles certificate(Config config, Clock clock) {
    return config
        .http()
        .certificate()
        .orElseGet(
            () -> {
              var made =
                  TlsCertificate.in(
                      config.data().resolve("tls"),
                      clock,
                      config.http().host(),
                      config.admin().host());
              return new Config.CertificateFiles(made.certificate(), made.key());
            });
  }

  private static List<Issuer> issuers(Config config, Clock clock) {
    if (config.issuers().isEmpty()) {
      var own = DevIssuer.open(config.data(), clock);
      return List.of(
          new Issuer(
              DevIssuer.ISSUER,
              DevIssuer.AUDIENCE,
              Set.of(JWSAlgorithm.RS256),
              new KeySource.InFile(own.publicKeys())));
    }
    return config.issuers().stream().map(Instance::issuer).toList();
  }

  private static Issuer issuer(Config.TokenIssuer configured) {
    var keys =
        configured.keys() instanceof Config.JwkSource.InFile file
            ? new KeySource.InFile(file.path())
            : new KeySource.AtUrl(
                ((Config.JwkSource.AtUrl) configured.keys()).uri(), Optional.empty());
    return new Issuer(
        configured.issuer(),
        configured.audience(),
        configured.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
        keys);
  }

  private static VaultOptions vaultOptions(
      Config config, String passphrase, RetentionRule retention, Clock clock) {
    return new VaultOptions(
        config.data(),
        config.redisUri(),
        config.keystore().path(),
        passphrase,
        config.rotation().every(),
        config.rotation().grace(),
        retention,
        clock);
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
    undo.forEach(Instance::quietly);
    undo.clear();
  }

  /** One part that does not stop must not keep the others from stopping. */
  private static void quietly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.error("while stopping: {}", oneLine(e));
    }
  }

  private static <T> T await(Future<T> future, String what) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new FailedException(what + ": " + oneLine(e.getCause() == null ? e : e.getCause()), e);
    } catch (TimeoutException e) {
      throw new FailedException(what + ": no answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException(what + ": interrupted", e);
    }
  }

  private static String oneLine(Throwable failure) {
    var message = failure.getMessage();
    return (message == null ? failure.getClass().getSimpleName() : message)
        .lines()
        .findFirst()
        .orElse("");
  }
}
