package dev.lethe.gateway.notice;

import static dev.lethe.gateway.http.TestGateway.await;

import dev.lethe.vault.api.NoticeReceiver;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** A receiver of security events on a real TLS socket, which answers as a test says. */
final class TlsReceiver {
  static final String NAME = "crm";

  /** One request as it came. */
  record Pushed(String method, String path, MultiMap headers, String body) {}

  final Queue<Pushed> pushed = new ConcurrentLinkedQueue<>();
  final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private final Vertx vertx;
  private volatile Consumer<HttpServerRequest> answer = status(202, "");
  private volatile int port;
  private HttpServer server;

  TlsReceiver(Vertx vertx) throws Exception {
    this.vertx = vertx;
    up();
  }

  /** An answer with a status and a body. */
  static Consumer<HttpServerRequest> status(int code, String body) {
    return request -> request.response().setStatusCode(code).end(body);
  }

  void answers(Consumer<HttpServerRequest> next) {
    answer = next;
  }

  /** Listens, at the same port as before if there was one. */
  void up() throws Exception {
    server =
        await(
            vertx
                .createHttpServer(
                    new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(certificate.keyCertOptions()))
                .requestHandler(
                    request ->
                        request.bodyHandler(
                            body -> {
                              pushed.add(
                                  new Pushed(
                                      request.method().name(),
                                      request.path(),
                                      request.headers(),
                                      body.toString()));
                              answer.accept(request);
                            }))
                .listen(port, "localhost"));
    port = server.actualPort();
  }

  void down() throws Exception {
    await(server.close());
  }

  URI url(String host) {
    return URI.create("https://" + host + ":" + port + "/events");
  }

  Path ca() {
    return Path.of(certificate.certificatePath());
  }

  /** A delivery to this receiver alone. */
  PushDelivery delivery(URI url, Optional<Path> ca, Optional<Path> tokenFile) {
    return new PushDelivery(
        vertx,
        List.of(new NoticeReceiver(NAME, "https://crm.example", false)),
        List.of(new PushReceiver(NAME, url, ca, tokenFile)));
  }

  void close() throws Exception {
    down();
    certificate.delete();
  }
}
