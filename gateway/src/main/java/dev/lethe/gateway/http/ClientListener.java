package dev.lethe.gateway.http;

import dev.lethe.gateway.edge.InFlight;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The client interface. Several may share one fixed port, each on an event loop of its own; all
 * state is in what they are given.
 */
public final class ClientListener extends VerticleBase {
  private final Listen listen;
  private final PemKeyCertOptions certificate;
  private final Services services;
  private final InFlight inFlight;
  private Optional<HttpsListener> listener = Optional.empty();

  /**
   * @param certificate chain and key of the server, PEM
   * @param inFlight of all that share the port
   */
  public ClientListener(
      Listen listen, PemKeyCertOptions certificate, Services services, InFlight inFlight) {
    this.listen = listen;
    this.certificate = certificate;
    this.services = services;
    this.inFlight = inFlight;
  }

  static List<Endpoint> endpoints(Services services, Buffer contract) {
    var table = new ArrayList<Endpoint>();
    table.addAll(new ProfileEndpoints(services.vault(), services.retention()).table());
    table.addAll(new ConsentEndpoints(services.vault()).table());
    table.addAll(new RankEndpoints(services.ranker()).table());
    table.addAll(new PublicEndpoints(services.vault(), contract).table());
    return List.copyOf(table);
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(PublicEndpoints::contract)
        .compose(
            contract -> {
              var https =
                  new HttpsListener(
                      vertx,
                      listen,
                      certificate,
                      Optional.empty(),
                      services,
                      endpoints(services, contract),
                      Witness.NONE,
                      Optional.empty(),
                      inFlight);
              listener = Optional.of(https);
              return https.start();
            });
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
