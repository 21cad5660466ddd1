package dev.lethe.gateway.app.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lethe.gateway.app.FailedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The HTTPS interface of an instance, as a client sees it. Blocks. Thread-safe. */
final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI client;
  private final URI admin;
  private final ExecutorService threads = Executors.newCachedThreadPool(Api::thread);
  private final HttpClient http;

  /**
   * @param trustAnchor the only certificate that is trusted
   */
  Api(URI client, URI admin, Path trustAnchor) {
    this.client = client;
    this.admin = admin;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(trustAnchor))
            .connectTimeout(PATIENCE)
            .executor(threads)
            .build();
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "story-http");
    thread.setDaemon(true);
    return thread;
  }

  private static SSLContext trusting(Path pem) {
    try (var input = Files.newInputStream(pem)) {
      var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
        anchors.setCertificateEntry("anchor-" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(anchors);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new FailedException("certificate " + pem + " cannot be trusted", e);
    }
  }

  /** A request to the client listener. */
  Call viewer(String method, String path, String token) {
    return new Call(client, method, path, token);
  }

  /** A request to the admin listener. */
  Call admin(String method, String path, String token) {
    return new Call(admin, method, path, token);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** One request. */
  final class Call {
    private final String name;
    private final HttpRequest.Builder request;
    private final String method;

    private Call(URI base, String method, String path, String token) {
      this.name = method + " " + path.replaceAll("\\?.*", "");
      this.method = method;
      this.request =
          HttpRequest.newBuilder(base.resolve(path))
              .timeout(PATIENCE)
              .header("Authorization", "Bearer " + token)
              .method(method, BodyPublishers.noBody());
    }

    Call json(String body) {
      return body(body, "application/json");
    }

    Call body(String body, String type) {
      request.header("Content-Type", type).method(method, BodyPublishers.ofString(body));
      return this;
    }

    /** Names it, so that it may be sent again without being done twice. */
    Call named(String idempotencyKey) {
      request.header("Idempotency-Key", idempotencyKey);
      return this;
    }

    /**
     * Sends it and waits for the answer.
     *
     * @throws FailedException when there is none
     */
    Answer send() {
      try {
        var response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(name, response.statusCode(), parse(response.body()));
      } catch (IOException e) {
        throw new FailedException(name + ": no answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FailedException("interrupted", e);
      }
    }

    private static JsonNode parse(String text) throws JsonProcessingException {
      return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
    }
  }

  /**
   * What came back.
   *
   * @param name of the request, for messages
   */
  record Answer(String name, int status, JsonNode body) {
    /**
     * Itself, when the status is the expected one.
     *
     * @throws FailedException otherwise
     */
    Answer expect(int expected) {
      if (status != expected) {
        throw new FailedException(
            name + ": " + status + " " + problem() + ", expected " + expected);
      }
      return this;
    }

    /** The slug of a problem, or nothing. */
    String problem() {
      return body.path("type").asText().replaceFirst("^.*/", "");
    }
  }
}
