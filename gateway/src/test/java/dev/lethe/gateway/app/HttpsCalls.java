package dev.lethe.gateway.app;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One viewer who calls a running instance, trusting nothing but its own certificate. */
final class HttpsCalls {
  private final RunningInstance instance;
  private final String token;
  private final SSLContext tls;
  private final HttpClient http;

  HttpsCalls(RunningInstance instance, Path data) {
    this.instance = instance;
    this.token =
        DevIssuer.open(data, Clock.systemUTC())
            .token("viewer", "profile:read profile:write consent rank erase", Duration.ofHours(1));
    this.tls = trusting(instance.trustAnchor());
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  static SSLContext trusting(Path anchor) {
    try (var pem = Files.newInputStream(anchor)) {
      var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "lethe", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  String token() {
    return token;
  }

  Socket socket() throws IOException {
    return tls.getSocketFactory().createSocket("127.0.0.1", instance.client().getPort());
  }

  HttpResponse<String> send(String method, String path, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(instance.client().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
