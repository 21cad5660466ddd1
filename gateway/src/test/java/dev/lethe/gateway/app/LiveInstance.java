package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A whole instance in a folder, asked over real TLS with real tokens. */
final class LiveInstance implements AutoCloseable {
  private final Path folder;
  private final RunningInstance instance;
  private final HttpClient http;

  LiveInstance(Path folder) {
    this(config(folder));
  }

  LiveInstance(Config config) {
    this.folder = config.data();
    this.instance = Instance.start(config, Clock.systemUTC());
    this.http =
        HttpClient.newBuilder().sslContext(HttpsCalls.trusting(instance.trustAnchor())).build();
  }

  static Config config(Path folder) {
    return config(
        folder, new Config.Keystore(folder.resolve("keystore"), new Config.PassphraseSource.Own()));
  }

  static Config config(Path folder, Config.Keystore keystore) {
    return new Config(
        folder,
        new Config.Http("127.0.0.1", 0, Optional.empty()),
        new Config.Admin("127.0.0.1", 0, Optional.empty()),
        Optional.empty(),
        keystore,
        Duration.ofSeconds(30),
        List.of(),
        new Config.Rotation(Duration.ofDays(1), Duration.ZERO),
        new Config.Retention(1000, Duration.ofDays(365)),
        Optional.empty(),
        Config.Model.STANDARD,
        "lethe",
        List.of());
  }

  String token(String subject, String scope) {
    return DevIssuer.open(folder, Clock.systemUTC()).token(subject, scope, Duration.ofHours(1));
  }

  /** Asks the client listener. */
  HttpResponse<String> client(
      String token, String method, String path, String body, String... headers) {
    return call(instance.client(), token, method, path, body, headers);
  }

  /** Asks the admin listener. */
  HttpResponse<String> admin(
      String token, String method, String path, String body, String... headers) {
    return call(instance.admin(), token, method, path, body, headers);
  }

  private HttpResponse<String> call(
      URI base, String token, String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    instance.close();
  }
}
