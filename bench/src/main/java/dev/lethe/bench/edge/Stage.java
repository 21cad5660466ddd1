package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.plain.PlainServer;
import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.story.ChildInstance;
import dev.lethe.vault.api.Purpose;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * An instance with viewers in it, and whoever is measured beside it. Each server has a process of
 * its own; all share the machine with the load.
 */
public final class Stage implements AutoCloseable {
  /** Requests at any time, one on each connection. */
  public static final int CONNECTIONS = 64;

  /** Keys under which people stand in the Redis of an instance. */
  private static final String PEOPLE = "s:*";

  private final Path data;
  private final Path catalog;
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setPreferNativeTransport(true)
              .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
  private final Viewers viewers;
  private final ChildInstance instance;
  private final HttpsCaller lethe;
  private final PrintStream progress;
  private final Deque<AutoCloseable> peers = new ArrayDeque<>();

  /**
   * Starts an instance and brings its viewers in, who agreed to personalisation. Blocks.
   *
   * @param folder an empty one
   * @param events that each of them has watched
   */
  public Stage(Path folder, int people, int events, PrintStream progress) throws IOException {
    this(folder, people, events, List.of(Purpose.PERSONALIZATION), progress);
  }

  /** The same of viewers who agreed to some purposes. */
  Stage(Path folder, int people, int events, List<Purpose> purposes, PrintStream progress)
      throws IOException {
    this.progress = progress;
    this.data = Files.createDirectory(folder.resolve("lethe"));
    this.catalog = Files.writeString(folder.resolve("titles.ndjson"), Viewers.catalog(), UTF_8);
    this.instance =
        ChildInstance.start(
            System.getProperty("java.class.path"), data, List.of("--catalog", catalog.toString()));
    try {
      this.viewers = Viewers.of(data, people, events, purposes);
      viewers.importInto(instance, data, vertx);
      progress.println(people + " people are there");
      this.lethe = client();
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** The viewers, who are the same everywhere. */
  public Viewers viewers() {
    return viewers;
  }

  /** Calls the instance. */
  public HttpsCaller lethe() {
    return lethe;
  }

  /** Calls the instance on connections of their own; to be closed by the caller. */
  public HttpsCaller client() {
    return new HttpsCaller(vertx, instance.client(), instance.certificate(), CONNECTIONS);
  }

  /** Its development issuer. */
  public DevIssuer issuer() {
    return DevIssuer.open(data, Clock.systemUTC());
  }

  /** Calls the administrators' side of the instance; to be closed by the caller. */
  public HttpsCaller admin() {
    return new HttpsCaller(vertx, instance.admin(), instance.certificate(), CONNECTIONS);
  }

  /** The Redis of the instance. */
  RedisTools redis() {
    return new RedisTools(data.resolve("redis").resolve("redis.conf"));
  }

  /** The process of the instance. */
  public long pid() {
    return instance.pid();
  }

  /** Starts a peer, with the same viewers in it, and calls it. */
  HttpsCaller beside(Peer peer, Edge call) {
    return peer == Peer.BARE ? bare(call) : plain();
  }

  /** A bare server whose answer is one of the instance's. */
  private HttpsCaller bare(Edge call) {
    var answer = Waiting.until(call.ask(lethe, viewers.tokens().get(0), new Random(1)));
    try {
      var people =
          Files.write(
              data.resolveSibling("bare-people"), redis().call("KEYS", PEOPLE).lines().toList());
      return connected(
          PeerProcess.start(
              BareServer.class,
              data.resolveSibling("bare.log"),
              List.of(
                  data.resolve("tls").toString(),
                  "unix://" + data.resolve("redis").resolve("redis.sock"),
                  people.toString(),
                  Files.write(data.resolveSibling("bare-answer"), answer.getBytes()).toString())));
    } catch (IOException e) {
      throw new BenchException("the bare server cannot be started: " + e.getMessage(), e);
    }
  }

  /** Plain JSON with all viewers in it. */
  public HttpsCaller plain() {
    try {
      var caller =
          connected(
              PeerProcess.start(
                  PlainServer.class,
                  data.resolveSibling("plain.log"),
                  List.of(
                      Files.createDirectory(data.resolveSibling("plain")).toString(),
                      data.resolve("tls").toString(),
                      data.toString(),
                      catalog.toString())));
      viewers.watchAt(caller);
      progress.println("and in plain JSON");
      return caller;
    } catch (IOException e) {
      throw new BenchException("plain JSON cannot be served: " + e.getMessage(), e);
    }
  }

  private HttpsCaller connected(PeerProcess process) {
    peers.push(process);
    var caller = new HttpsCaller(vertx, process.address(), instance.certificate(), CONNECTIONS);
    peers.push(caller);
    return caller;
  }

  @Override
  public void close() throws IOException {
    try {
      lethe.close();
      while (!peers.isEmpty()) {
        peers.pop().close();
      }
    } catch (Exception e) {
      throw new BenchException("a peer does not stop: " + e.getMessage(), e);
    } finally {
      stop();
    }
  }

  private void stop() {
    instance.close();
    Waiting.until(vertx.close());
  }
}
