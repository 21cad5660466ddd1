package dev.lethe.gateway.app;

import static dev.lethe.gateway.app.Lifecycle.await;

import dev.lethe.gateway.admin.AdminListener;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.http.ClientListener;
import dev.lethe.gateway.http.HttpsListener;
import dev.lethe.gateway.http.Listen;
import dev.lethe.gateway.http.Services;
import dev.lethe.gateway.ops.Readiness;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/** The admin listener and those for clients, which share one port. */
record Listeners(
    Config config,
    Vertx vertx,
    Services services,
    PemKeyCertOptions certificate,
    Lifecycle lifecycle) {
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** Where they listen, with the real ports. */
  record Addresses(URI client, URI admin) {}

  /**
   * Starts all. Blocks until they accept requests; before they stop, they finish those they have.
   *
   * @throws FailedException when an address is taken
   */
  Addresses start() {
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
    deploy(adminListen, () -> vertx.deployVerticle(adminListener));
    var clientListen = new Listen(config.http().host(), shared(config.http().port()));
    var inFlight = HttpsListener.inFlight();
    var clientListeners = new ArrayList<ClientListener>();
    deploy(
        clientListen,
        () ->
            vertx.deployVerticle(
                () -> {
                  var listener = new ClientListener(clientListen, certificate, services, inFlight);
                  clientListeners.add(listener);
                  return listener;
                },
                EventLoops.onEach()));
    lifecycle.onStop(() -> await("admin listener", () -> adminListener.drain(DRAIN)));
    lifecycle.onStop(
        () ->
            await(
                "client listeners",
                () ->
                    Future.join(clientListeners.stream().map(each -> each.drain(DRAIN)).toList())));
    lifecycle.onStop(readiness::drain);
    return new Addresses(
        uri(clientListen.host(), clientListeners.get(0).port()),
        uri(adminListen.host(), adminListener.port()));
  }

  /** Any port is one for all listeners of a deployment when it is negative, and one each when 0. */
  private static int shared(int port) {
    return port == 0 ? -1 : port;
  }

  /** Nothing but binding an address can fail with an {@link IOException} here. */
  private void deploy(Listen listen, Supplier<Future<String>> deployment) {
    String address = address(listen.host(), listen.port());
    try {
      lifecycle.deploy(vertx, address, deployment);
    } catch (FailedException e) {
      if (e.getCause() instanceof IOException) {
        throw new FailedException(
            "address "
                + address
                + " is in use or not ours: free it, or choose another host or port",
            e.getCause());
      }
      throw e;
    }
  }

  private static URI uri(String host, int port) {
    return URI.create("https://" + address(host, port));
  }

  private static String address(String host, int port) {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
