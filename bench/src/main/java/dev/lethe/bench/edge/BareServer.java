package dev.lethe.bench.edge;

import dev.lethe.bench.BenchException;
import dev.lethe.vault.redis.IdentityHook;
import dev.lethe.vault.redis.RedisLanes;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The least that a personal answer can cost on this stack: HTTPS, a token that is found in a set,
 * one {@code HGETALL} of a person on a pipelined connection, and an answer that is always the same.
 * It checks no signature, decrypts nothing, ranks nothing and records nothing.
 */
final class BareServer extends VerticleBase {
  private final int port;
  private final List<String> keys;
  private final RedisLanes redis;
  private final PemKeyCertOptions certificate;
  private final Buffer answer;
  private final Set<String> tokens;

  private BareServer(
      int port,
      List<String> keys,
      RedisLanes redis,
      PemKeyCertOptions certificate,
      Buffer answer,
      Set<String> tokens) {
    this.port = port;
    this.keys = keys;
    this.redis = redis;
    this.certificate = certificate;
    this.answer = answer;
    this.tokens = tokens;
  }

  /**
   * Serves until it is killed.
   *
   * @param arguments folder of the certificate, address of Redis, file with the keys of its people,
   *     file with its answer, port
   */
  public static void main(String[] arguments) throws Exception {
    var tls = Path.of(arguments[0]);
    var keys = Files.readAllLines(Path.of(arguments[2]));
    int port = Integer.parseInt(arguments[4]);
    if (keys.isEmpty()) {
      throw new BenchException("nobody is in Redis");
    }
    var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    var certificate =
        new PemKeyCertOptions()
            .setCertPath(tls.resolve("cert.pem").toString())
            .setKeyPath(tls.resolve("key.pem").toString());
    var answer = Buffer.buffer(Files.readAllBytes(Path.of(arguments[3])));
    var redis = new RedisLanes(vertx, arguments[1], IdentityHook.NONE);
    var tokens = ConcurrentHashMap.<String>newKeySet();
    vertx
        .deployVerticle(
            () -> new BareServer(port, keys, redis, certificate, answer, tokens),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onSuccess(deployed -> System.out.println("ready " + port))
        .onFailure(
            failure -> {
              System.err.println(failure.getMessage());
              System.exit(1);
            });
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions().setSsl(true).setUseAlpn(true).setKeyCertOptions(certificate);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    return vertx.createHttpServer(options).requestHandler(this::serve).listen(port, "127.0.0.1");
  }

  private void serve(HttpServerRequest request) {
    tokens.add(request.getHeader("Authorization"));
    var person = keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
    request
        .body()
        .compose(body -> redis.send(Request.cmd(Command.HGETALL).arg(person)))
        .onSuccess(hash -> request.response().end(answer))
        .onFailure(failure -> request.response().setStatusCode(503).end());
  }
}
