package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSObject;
import dev.lethe.gateway.app.config.Config;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An import into a real instance: real TLS, real tokens, real Redis. */
final class ImportInstanceTest {
  private static final String CANARY = "canary-import-66c1";
  private static final String CLIENT_SCOPES = "profile:read profile:write consent rank erase";

  @TempDir Path folder;
  private RunningInstance instance;
  private HttpClient http;

  @BeforeEach
  void start() throws Exception {
    instance =
        Instance.start(
            new Config(
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
                Config.Model.STANDARD,
                "Example Streaming",
                List.of()),
            Clock.systemUTC());
    http = HttpClient.newBuilder().sslContext(trusting(instance.trustAnchor())).build();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private static SSLContext trusting(Path anchor) throws Exception {
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

  private String call(URI base, String subject, String scope, HttpRequest.Builder request)
      throws Exception {
    var token =
        DevIssuer.open(folder, Clock.systemUTC()).token(subject, scope, Duration.ofHours(1));
    var response =
        http.send(
            request.header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(base + ": " + response.body()).isBetween(200, 204);
    return response.body();
  }

  private JsonNode read(String subject, String path) throws Exception {
    var request = HttpRequest.newBuilder(instance.client().resolve(path));
    return new JsonMapper().readTree(call(instance.client(), subject, CLIENT_SCOPES, request));
  }

  private String importing(String mode, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(instance.admin().resolve("/admin/v1/subjects/import" + mode))
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/x-ndjson")
            .header("Idempotency-Key", "move of 2026");
    return call(instance.admin(), "operator", "admin:subjects", request);
  }

  private static String line(String subject) {
    return "{\"sub\":\""
        + subject
        + "\",\"profile\":{\"history\":[{\"item\":\""
        + CANARY
        + "\"},{\"item\":\"m-1\"}],\"preferences\":{\"genres\":{\"Drama\":1}}},\"consents\":"
        + "{\"personalization\":{\"fields\":[\"preferences\"],\"at\":\"2024-05-01T10:00:00Z\"}}}\n";
  }

  @Test
  void fileBrokenOffAndSentAgainBringsEverybodyInOnce() throws Exception {
    var half = IntStream.range(0, 100).mapToObj(i -> line("p" + i)).collect(Collectors.joining());
    var whole =
        half + IntStream.range(100, 200).mapToObj(i -> line("p" + i)).collect(Collectors.joining());

    assertThat(importing("", half))
        .isEqualTo("{\"lines\":100,\"imported\":100,\"skipped\":0,\"refused\":[]}");
    assertThat(importing("", whole))
        .isEqualTo("{\"lines\":200,\"imported\":100,\"skipped\":100,\"refused\":[]}");
    assertThat(importing("?existing=append", whole))
        .isEqualTo("{\"lines\":200,\"imported\":0,\"skipped\":200,\"refused\":[]}");

    for (String subject : List.of("p0", "p99", "p199")) {
      assertThat(read(subject, "/v1/profile").at("/fields/history").findValuesAsText("item"))
          .containsExactlyInAnyOrder(CANARY, "m-1");
    }
  }

  @Test
  void personSeesWhatWasBroughtAlongAndByWhom() throws Exception {
    importing("", line("viewer"));

    var export = read("viewer", "/v1/export");
    assertThat(export.at("/consents/purposes/personalization").toString())
        .isEqualTo("{\"fields\":[\"preferences\"],\"updatedAt\":\"2024-05-01T10:00:00.000Z\"}");
    assertThat(JWSObject.parse(export.at("/receipts/0").asText()).getPayload().toJSONObject())
        .containsEntry("consentType", "imported")
        .containsEntry("controller", "Example Streaming");
    assertThat(export.get("accessLog"))
        .anySatisfy(
            entry -> {
              assertThat(entry.get("reader").asText()).isEqualTo("admin");
              assertThat(entry.get("fields").toString()).isEqualTo("[\"history\",\"preferences\"]");
            });
  }

  @Test
  void somebodyWhoCameByThemselvesOrWasErasedIsRefused() throws Exception {
    importing("", line("gone") + line("here"));
    call(
        instance.client(),
        "gone",
        CLIENT_SCOPES,
        HttpRequest.newBuilder(instance.client().resolve("/v1/profile")).DELETE());

    var again = line("gone").strip() + " \n" + line("here").strip() + " \n";
    assertThat(importing("", again))
        .isEqualTo(
            "{\"lines\":2,\"imported\":0,\"skipped\":0,\"refused\":["
                + "{\"line\":1,\"reason\":\"erased\"},{\"line\":2,\"reason\":\"exists\"}]}");
  }

  @Test
  void nothingOfItIsInAnyFile() throws Exception {
    importing("", line(CANARY + "-subject"));
    importing("", line(CANARY + "-subject") + "{\"sub\":\"" + CANARY + "\"}");
    instance.close();

    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(CANARY, "\"Drama\"");
      }
    }
  }
}
