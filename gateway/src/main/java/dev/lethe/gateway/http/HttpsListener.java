package dev.lethe.gateway.http;

import dev.lethe.gateway.edge.InFlight;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An HTTPS server over an endpoint table, HTTP/1.1 and HTTP/2, TLS 1.2 and 1.3. */
public final class HttpsListener {
  /** Stops memory from being filled by headers that never end. */
  private static final int MAX_HEADER_BYTES = 16 * 1024;

  private static final int MAX_LINE_BYTES = 8 * 1024;
  private static final int MAX_STREAMS = 100;
  private static final int IDLE_SECONDS = 30;

  /** Requests that a port serves at once. */
  private static final int MAX_IN_FLIGHT = 2_000;

  /**
   * Forward secrecy and authenticated encryption only. Named, since the engines differ in what they
   * offer when nothing is: BoringSSL all that it has, whatever the JDK is told to refuse.
   */
  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final HttpServer server;
  private final Listen listen;

  /**
   * @param clientCa PEM file of the authorities whose client certificates are asked for
   * @param uploads folder for streamed bodies
   * @param inFlight of all listeners of the port
   */
  public HttpsListener(
      Vertx vertx,
      Listen listen,
      PemKeyCertOptions certificate,
      Optional<String> clientCa,
      Services services,
      List<Endpoint> endpoints,
      Witness witness,
      Optional<Path> uploads,
      InFlight inFlight) {
    this.listen = listen;
    var pipeline =
        new Pipeline(
            new Gate(services.tokens(), witness),
            witness,
            new Intake(vertx, uploads),
            new Sender(vertx),
            new RequestMeter(services.meters()),
            inFlight,
            services.clock());
    this.server =
        vertx
            .createHttpServer(options(certificate, clientCa))
            .invalidRequestHandler(new InvalidRequests(pipeline))
            .requestHandler(EndpointRouter.of(vertx, endpoints, pipeline));
  }

  private static HttpServerOptions options(
      PemKeyCertOptions certificate, Optional<String> clientCa) {
    var options =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(certificate)
            .setUseAlpn(true)
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(MAX_STREAMS)
                    .setMaxHeaderListSize(MAX_HEADER_BYTES))
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setHandle100ContinueAutomatically(false)
            .setDecompressionSupported(false)
            .setCompressionSupported(false);
    CIPHER_SUITES.forEach(options::addEnabledCipherSuite);
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    clientCa.ifPresent(
        ca ->
            options
                .setClientAuth(ClientAuth.REQUIRED)
                .setTrustOptions(new PemTrustOptions().addCertPath(ca)));
    return options;
  }

  /** Counts the requests of one port. */
  public static InFlight inFlight() {
    return new InFlight(MAX_IN_FLIGHT);
  }

  /** Binds; fails when the address is taken. */
  public Future<Void> start() {
    return server.listen(listen.port(), listen.host()).mapEmpty();
  }

  /** The real port, once started. */
  public int port() {
    return server.actualPort();
  }

  /** Takes no new requests and ends when those under way are answered, or at the timeout. */
  public Future<Void> drain(Duration timeout) {
    return server.shutdown(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
