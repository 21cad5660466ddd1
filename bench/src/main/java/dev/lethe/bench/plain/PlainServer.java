package dev.lethe.bench.plain;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.Waiting;
import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import dev.lethe.gateway.auth.SignatureProvider;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.ClientListener;
import dev.lethe.gateway.http.HttpsListener;
import dev.lethe.gateway.http.Listen;
import dev.lethe.gateway.http.Services;
import dev.lethe.ranker.RankerVerticle;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.IdentityHook;
import dev.lethe.vault.redis.RedisLanes;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The gateway and the ranker of Lethe over a {@link PlainVault}, with a Redis of its own. */
public final class PlainServer {
  private static final RetentionRule RETENTION = new RetentionRule(1_000, Duration.ofDays(365));

  private PlainServer() {}

  /**
   * Serves until it is told to stop.
   *
   * @param arguments an empty folder, a folder with the certificate, one with the development
   *     issuer, the catalogue, and a port
   */
  public static void main(String[] arguments) {
    try {
      serve(arguments);
    } catch (RuntimeException e) {
      // Event loops would keep the process, and who waits for its line, alive.
      System.err.println(e);
      System.exit(1);
    }
  }

  private static void serve(String[] arguments) {
    var data = Path.of(arguments[0]);
    var clock = Clock.systemUTC();
    var redis = EmbeddedRedis.start(data);
    Runtime.getRuntime().addShutdownHook(new Thread(redis::stop, "stops-redis"));
    var vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
    LocalCodec.register(vertx);
    var vault = new VaultClient(vertx, clock);
    var store = new PlainStore(new RedisLanes(vertx, redis.uri(), IdentityHook.NONE));
    deploy(vertx, () -> new PlainVault(store, RETENTION));
    var models = new Models(CatalogStore.open(data, Optional.of(Path.of(arguments[3]))));
    deploy(vertx, () -> new RankerVerticle(vault, new PlainOpener(), models, clock));
    var tokens = tokens(vertx, Path.of(arguments[2]), clock);
    var services =
        new Services(
            vault,
            new RankerClient(vertx, clock),
            tokens,
            RETENTION,
            clock,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    var inFlight = HttpsListener.inFlight();
    var listen = new Listen("127.0.0.1", Integer.parseInt(arguments[4]));
    var certificate = certificate(Path.of(arguments[1]));
    deploy(vertx, () -> new ClientListener(listen, certificate, services, inFlight));
    System.out.println("ready " + listen.port());
  }

  private static void deploy(Vertx vertx, Supplier<VerticleBase> verticle) {
    Waiting.until(
        vertx.deployVerticle(
            verticle,
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())));
  }

  private static TokenVerifier tokens(Vertx vertx, Path issuer, Clock clock) {
    var tokens =
        new TokenVerifier(
            vertx,
            SignatureProvider.fastest(),
            List.of(
                new Issuer(
                    DevIssuer.ISSUER,
                    DevIssuer.AUDIENCE,
                    Set.of(JWSAlgorithm.RS256),
                    new KeySource.InFile(DevIssuer.open(issuer, clock).publicKeys()))),
            Duration.ofSeconds(30),
            clock);
    Waiting.until(tokens.start());
    return tokens;
  }

  private static PemKeyCertOptions certificate(Path folder) {
    return new PemKeyCertOptions()
        .setCertPath(folder.resolve("cert.pem").toString())
        .setKeyPath(folder.resolve("key.pem").toString());
  }
}
