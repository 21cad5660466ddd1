package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Profiles, documents, forgetting and erasing, as the interface promises them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProfileInterfaceTest {
  private ClientStage stage;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    stage = new ClientStage(folder);
  }

  @BeforeEach
  void forgetWhatWasAsked() {
    stage.gateway.asked.clear();
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void profileIsWrittenAsPromised() throws Exception {
    var response = stage.send("GET", "/v1/profile", "");
    assertThat(response.body())
        .isEqualTo(
            "{\"fields\":{\"history\":[{\"item\":\"m-1\",\"at\":\"2026-11-01T20:15:00.000Z\","
                + "\"progress\":0.93}],\"preferences\":{\"genres\":{\"Sci-Fi\":1}}},"
                + "\"version\":7,\"updatedAt\":\"2026-11-01T20:15:00.000Z\"}");
    assertThat(response.headers().firstValue("ETag")).contains("\"7\"");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Strict-Transport-Security")).isPresent();
    assertThat(response.version()).isEqualTo(java.net.http.HttpClient.Version.HTTP_2);
  }

  @Test
  void callerIsWhoTheTokenNames() throws Exception {
    stage.send("GET", "/v1/profile", "");
    var caller = stage.onlyAsked(VaultRequest.ReadProfile.class).caller();
    assertThat(caller.subject().issuer()).isEqualTo(TestTokens.ISSUER);
    assertThat(caller.subject().subject()).isEqualTo("viewer-4711");
    assertThat(caller.token().digest()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"\"7\"|7", "W/\"7\"|-1", "\"abc\"|-1", "\"07\"|-1"})
  void ifMatchNamesOneVersion(String header, long expected) throws Exception {
    assertThat(stage.send("PUT", "/v1/profile/demographics", "{}", "If-Match", header).statusCode())
        .isEqualTo(204);
    assertThat(stage.onlyAsked(VaultRequest.PutDocument.class).ifMatch())
        .isEqualTo(OptionalLong.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"1\", \"2\"", "\"", "''"})
  void malformedIfMatchIsSyntax(String header) throws Exception {
    assertThat(stage.send("PUT", "/v1/profile/demographics", "{}", "If-Match", header).statusCode())
        .isEqualTo(400);
    assertThat(stage.gateway.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"region\":\"ZZ\"}",
        "{\"region\":\"de\"}",
        "{\"ageBand\":\"12\"}",
        "{\"language\":\"not_a_tag\"}",
        "{\"language\":\"\"}"
      })
  void demographicsThatDoNotFitAreRefused(String body) throws Exception {
    assertThat(stage.send("PUT", "/v1/profile/demographics", body).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"genres\":{\"Horror\":1,\"horror\":0}}",
        "{\"genres\":{\"Horror\":1.1}}",
        "{\"genres\":{\"Horror\":-1.0000001}}",
        "{\"genres\":{\"Horror\":null}}",
        "{\"genres\":[]}",
        "{\"muted\":{}}",
        "{\"mood\":1}",
        "[]",
        "{\"genres\":{\"\":1}}",
        "{\"muted\":[\"m-1\",\"m-1\"]}",
        "{\"muted\":[1]}"
      })
  void preferencesThatDoNotFitAreRefused(String body) throws Exception {
    assertThat(stage.send("PUT", "/v1/profile/preferences", body).statusCode()).isEqualTo(422);
  }

  @Test
  void forgettingIsNarrowedByFilters() throws Exception {
    var response =
        stage.send("DELETE", "/v1/profile/history?from=2026-03-01T00:00:00Z&item=m-1", "");
    assertThat(response.body()).isEqualTo("{\"removed\":3}");
    var filter = stage.onlyAsked(VaultRequest.Forget.class).filter();
    assertThat(filter.from()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(filter.to()).isEmpty();
    assertThat(filter.item()).contains("m-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "searches?item=m-1",
        "demographics?from=2026-03-01T00:00:00Z",
        "history?from=march",
        "history?since=1",
        "history?item=",
        "history?item=a&item=b",
        "history?from=%zz"
      })
  void filtersThatDoNotFitAreRefused(String query) throws Exception {
    // A client library would repair some of these: they go as they are.
    String path = "/v1/profile/" + query;
    if (query.contains("%zz")) {
      try (var socket =
          stage
              .gateway
              .tls()
              .getSocketFactory()
              .createSocket("localhost", stage.gateway.clientPort())) {
        socket
            .getOutputStream()
            .write(
                ("DELETE "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                        + stage.token
                        + "\r\n\r\n")
                    .getBytes(US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
            .startsWith("HTTP/1.1 422");
      }
    } else {
      assertThat(stage.send("DELETE", path, "").statusCode()).isEqualTo(422);
    }
    assertThat(stage.gateway.asked).isEmpty();
  }

  @Test
  void erasureIsWrittenAsPromised() throws Exception {
    assertThat(stage.send("DELETE", "/v1/profile", "").body())
        .isEqualTo(
            "{\"erasureId\":\"e-1\",\"stages\":{\"inaccessible\":{\"at\":\"2026-11-01T20:15:00.000Z\","
                + "\"receipt\":\"x.y.z\"},\"purged\":null,\"unrecoverable\":{\"by\":"
                + "\"2026-11-02T20:15:00.000Z\",\"at\":null,\"receipt\":null}},"
                + "\"notices\":[{\"receiver\":\"crm\",\"event\":\"erased\",\"state\":\"waiting\","
                + "\"at\":\"2026-11-01T20:15:00.000Z\"}]}");
  }

  @Test
  void exportHasAllMembersForAStranger() throws Exception {
    var export = json(stage.send("GET", "/v1/export", ""));
    assertThat(export.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly(
            "profile",
            "consents",
            "receipts",
            "accessLog",
            "purposes",
            "retention",
            "recipients",
            "logic",
            "controller",
            "source",
            "rights");
    assertThat(export.at("/profile/fields")).isEmpty();
    assertThat(export.at("/retention/maxAge").asText()).isEqualTo("365d");
  }
}
