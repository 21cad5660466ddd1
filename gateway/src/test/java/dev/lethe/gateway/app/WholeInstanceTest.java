package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.gateway.app.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything together, over real TLS with real tokens and a real Redis. */
final class WholeInstanceTest {
  private static final String SUBJECT = "canary-subject-4be1";
  private static final String TITLE = "canary-title-90ad";
  private static final String QUERY = "canary query c77e";
  private static final String SCOPES = "profile:read profile:write consent rank erase";

  @TempDir Path folder;
  private RunningInstance instance;
  private HttpClient http;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    instance = Instance.start(config(), Clock.systemUTC());
    http = HttpClient.newBuilder().sslContext(trusting(instance.trustAnchor())).build();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private Config config() {
    return new Config(
        folder,
        new Config.Http("127.0.0.1", 0, Optional.empty()),
        new Config.Admin("127.0.0.1", 0, Optional.empty()),
        Optional.empty(),
        new Config.Keystore(folder.resolve("keystore"), new Config.PassphraseSource.Own()),
        Duration.ofSeconds(30),
        List.of(),
        new Config.Rotation(Duration.ofDays(1), Duration.ZERO),
        new Config.Retention(1000, Duration.ofDays(365)),
        Optional.empty(),
        "lethe");
  }

  private static SSLContext trusting(Path anchor) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(anchor)) {
      trusted.setCertificateEntry(
          "lethe", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String token(String subject, String scope) {
    return DevIssuer.open(folder, Clock.systemUTC()).token(subject, scope, Duration.ofHours(1));
  }

  private HttpResponse<String> call(
      URI base, String token, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token);
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
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

  private String done(String token, String method, String path, String body) {
    var response = call(instance.client(), token, method, path, body);
    assertThat(response.statusCode())
        .as(method + " " + path + ": " + response.body())
        .isBetween(200, 204);
    return response.body();
  }

  private String everythingAbout(String subject) {
    var token = token(subject, SCOPES);
    done(
        token,
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"" + TITLE + "\"},{\"item\":\"m-1\"}]}");
    done(
        token,
        "POST",
        "/v1/profile/searches/events",
        "{\"events\":[{\"query\":\"" + QUERY + "\"}]}");
    done(
        token,
        "PUT",
        "/v1/profile/demographics",
        "{\"ageBand\":\"18-24\",\"region\":\"DE\",\"language\":\"de\"}");
    done(
        token,
        "PUT",
        "/v1/profile/preferences",
        "{\"genres\":{\"Sci-Fi\":1,\"Horror\":-1},\"muted\":[\"m-2\"]}");
    return token;
  }

  @Test
  void aRankingWithoutConsentIsAStrangersByteForByte() {
    var token = everythingAbout("viewer");
    var body = "{\"limit\":50,\"explain\":true}";
    var strangers = done(token("stranger", SCOPES), "POST", "/v1/rank", body);

    assertThat(done(token, "POST", "/v1/rank", body)).isEqualTo(strangers);

    done(
        token, "PUT", "/v1/consents/personalization", "{\"fields\":[\"history\",\"preferences\"]}");
    assertThat(done(token, "POST", "/v1/rank", body))
        .isNotEqualTo(strangers)
        .contains("\"fieldsUsed\":[\"history\",\"preferences\"]")
        .doesNotContain(QUERY);

    done(token, "PUT", "/v1/consents/personalization", "{\"fields\":[]}");
    assertThat(done(token, "POST", "/v1/rank", body)).isEqualTo(strangers);
  }

  @Test
  void rotationRefusesATokenWithoutItsScope() {
    var token = token("operator", "admin:audit admin:subjects admin:catalog " + SCOPES);

    assertThat(call(instance.admin(), token, "POST", "/admin/v1/key-rotations", "").statusCode())
        .isEqualTo(403);
    assertThat(call(instance.admin(), token, "GET", "/admin/v1/keys", "").statusCode())
        .isEqualTo(403);
    assertThat(call(instance.admin(), token, "GET", "/admin/v1/audit", "").body())
        .contains("refused");
  }

  @Test
  void aSecondInstanceOnTheSameFolderIsRefused() {
    assertThatThrownBy(() -> Instance.start(config(), Clock.systemUTC()))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("in use by another instance");
  }

  @Test
  void nothingPersonalIsInAnyFileOrMetric() throws IOException {
    var token = everythingAbout(SUBJECT);
    done(token, "PUT", "/v1/consents/personalization", "{\"fields\":[\"history\",\"searches\"]}");
    done(token, "POST", "/v1/rank", "{\"explain\":true}");
    done(token, "DELETE", "/v1/profile/history?item=" + TITLE, "");
    done(token, "GET", "/v1/export", "");
    var metrics = call(instance.admin(), token, "GET", "/metrics", "").body();
    done(token, "DELETE", "/v1/profile", "");
    instance.close();

    var secrets = new String[] {SUBJECT, TITLE, QUERY, token, "18-24", "Sci-Fi\":1"};
    assertThat(metrics).contains("lethe_").doesNotContain(secrets);
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secrets);
      }
    }
  }
}
