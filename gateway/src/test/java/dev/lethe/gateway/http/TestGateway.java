package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.gateway.admin.AdminListener;
import dev.lethe.gateway.auth.Issuer;
import dev.lethe.gateway.auth.KeySource;
import dev.lethe.gateway.auth.SignatureProvider;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.ops.Readiness;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.vault.api.BusMessage;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.FileInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Both listeners over real TLS, with real tokens. Vault and ranker are played by consumers on the
 * bus that a test sets up; what nobody plays is away.
 */
public final class TestGateway {
  private static final JsonMapper JSON = new JsonMapper();

  public final Vertx vertx = Vertx.vertx();
  public final Path folder;
  public final Path keyFile;
  public final Readiness readiness = new Readiness();
  public final Queue<BusMessage> asked = new ConcurrentLinkedQueue<>();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private final TokenVerifier tokens;
  private final ClientListener client;
  private final AdminListener admin;
  private final HttpClient http;

  public TestGateway(Path folder) throws Exception {
    this.folder = folder;
    this.keyFile = Files.writeString(folder.resolve("keys.json"), TestTokens.keySet());
    LocalCodec.register(vertx);
    Clock clock = Clock.systemUTC();
    tokens =
        new TokenVerifier(
            vertx,
            SignatureProvider.fastest(),
            List.of(
                new Issuer(
                    TestTokens.ISSUER,
                    "lethe",
                    Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256),
                    new KeySource.InFile(keyFile))),
            Duration.ofSeconds(30),
            clock);
    var services = services(vertx, tokens);
    var listen = new Listen("localhost", 0);
    client =
        new ClientListener(
            listen, certificate.keyCertOptions(), services, HttpsListener.inFlight());
    admin =
        new AdminListener(
            listen, certificate.keyCertOptions(), Optional.empty(), services, folder, readiness);
    await(tokens.start());
    await(vertx.deployVerticle(client));
    await(vertx.deployVerticle(admin));
    http = HttpClient.newBuilder().sslContext(trust()).build();
  }

  static Services services(Vertx vertx, TokenVerifier tokens) {
    Clock clock = Clock.systemUTC();
    return new Services(
        new VaultClient(vertx, clock),
        new RankerClient(vertx, clock),
        tokens,
        new RetentionRule(1_000, Duration.ofDays(365)),
        clock,
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /** The client listener's table. */
  public static List<Endpoint> clientEndpoints(Services services) {
    return ClientListener.endpoints(services, Buffer.buffer());
  }

  public static Services servicesOf(Vertx vertx) {
    return services(
        vertx,
        new TokenVerifier(
            vertx, SignatureProvider.fastest(), List.of(), Duration.ZERO, Clock.systemUTC()));
  }

  private SSLContext trust() throws Exception {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = new FileInputStream(certificate.certificatePath())) {
      store.setCertificateEntry(
          "gateway", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /** A TLS context that trusts the gateway, for raw sockets. */
  public SSLContext tls() throws Exception {
    return trust();
  }

  public static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  public <R extends VaultRequest> void vault(Class<R> type, Function<R, Outcome<?>> answer) {
    play(VaultRequest.addressOf(type), type, answer);
  }

  public <R extends RankerRequest> void ranker(Class<R> type, Function<R, Outcome<?>> answer) {
    play(RankerRequest.addressOf(type), type, answer);
  }

  private <R extends BusMessage> void play(
      String address, Class<R> type, Function<R, Outcome<?>> answer) {
    vertx
        .eventBus()
        .localConsumer(
            address,
            (Message<R> message) -> {
              asked.add(message.body());
              message.reply(answer.apply(type.cast(message.body())));
            });
  }

  public int clientPort() {
    return client.port();
  }

  public HttpResponse<String> client(String method, String path, String body, String... headers)
      throws Exception {
    return send(client.port(), method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  public HttpResponse<String> client(String method, String path, byte[] body, String... headers)
      throws Exception {
    return send(client.port(), method, path, body, headers);
  }

  public HttpResponse<String> admin(String method, String path, String body, String... headers)
      throws Exception {
    return send(admin.port(), method, path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private HttpResponse<String> send(
      int port, String method, String path, byte[] body, String... headers) throws Exception {
    var publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, publisher);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public static JsonNode json(HttpResponse<String> response) throws Exception {
    return JSON.readTree(response.body());
  }

  /** The slug of a problem. */
  public static String slug(HttpResponse<String> response) throws Exception {
    return json(response).path("type").asText().replace("/problems/", "");
  }

  public void close() throws Exception {
    tokens.stop();
    await(vertx.close());
    certificate.delete();
  }
}
