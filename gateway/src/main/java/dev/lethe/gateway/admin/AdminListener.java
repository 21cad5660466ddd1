package dev.lethe.gateway.admin;

import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.HttpsListener;
import dev.lethe.gateway.http.Listen;
import dev.lethe.gateway.http.Services;
import dev.lethe.gateway.ops.HealthEndpoints;
import dev.lethe.gateway.ops.MetricsEndpoint;
import dev.lethe.gateway.ops.Readiness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The admin interface, health and metrics. */
public final class AdminListener extends VerticleBase {
  private final Listen listen;
  private final PemKeyCertOptions certificate;
  private final Optional<String> clientCa;
  private final Services services;
  private final Path uploads;
  private final Readiness readiness;
  private Optional<HttpsListener> listener = Optional.empty();

  /**
   * @param certificate chain and key of the server, PEM
   * @param clientCa PEM file; when given, client certificates are mandatory
   * @param uploads existing folder for catalogues on their way to the ranker
   * @param readiness shared with whoever drains the process
   */
  public AdminListener(
      Listen listen,
      PemKeyCertOptions certificate,
      Optional<String> clientCa,
      Services services,
      Path uploads,
      Readiness readiness) {
    this.listen = listen;
    this.certificate = certificate;
    this.clientCa = clientCa;
    this.services = services;
    this.uploads = uploads;
    this.readiness = readiness;
  }

  static List<Endpoint> endpoints(Vertx vertx, Services services, Readiness readiness) {
    var table = new ArrayList<Endpoint>();
    table.addAll(
        new RotationEndpoints(vertx, services.vault(), services.tokens(), services.clock())
            .table());
    table.addAll(new KeyEndpoints(services.vault()).table());
    table.addAll(new SubjectEndpoints(services.vault(), services.tokens()).table());
    table.addAll(new StateEndpoints(services.vault(), services.tokens()).table());
    table.addAll(new ErasureEndpoints(services.vault()).table());
    table.addAll(new ImportEndpoint(vertx, services).table());
    table.addAll(new AuditEndpoints(services.vault()).table());
    table.addAll(new CatalogEndpoint(services.ranker()).table());
    table.addAll(new HealthEndpoints(services.vault(), services.tokens(), readiness).table());
    table.addAll(new MetricsEndpoint(services.vault(), services.meters()).table());
    return List.copyOf(table);
  }

  @Override
  public Future<?> start() {
    var https =
        new HttpsListener(
            vertx,
            listen,
            certificate,
            clientCa,
            services,
            endpoints(vertx, services, readiness),
            new AuditWitness(services.vault(), services.tokens(), services.clock()),
            Optional.of(uploads),
            HttpsListener.inFlight());
    listener = Optional.of(https);
    return https.start();
  }

  /** The real port, once deployed. */
  public int port() {
    return listener.map(HttpsListener::port).orElse(0);
  }

  /** Takes no new requests; ends when those under way are answered, or at the timeout. */
  public Future<Void> drain(Duration timeout) {
    return listener.map(https -> https.drain(timeout)).orElseGet(Future::succeededFuture);
  }
}
