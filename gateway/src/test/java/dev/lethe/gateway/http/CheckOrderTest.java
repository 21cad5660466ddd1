package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckOrderTest {
  private static final String JSON = "application/json";
  private TestGateway gateway;
  private String writer;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(
        VaultRequest.PutDocument.class, put -> Outcome.refused(Outcome.Refusal.STALE_VERSION));
    writer = "Bearer " + TestTokens.withScope("profile:write");
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  private HttpResponse<String> put(String body, String... headers) throws Exception {
    return gateway.client("PUT", "/v1/profile/preferences", body, headers);
  }

  @Test
  void unknownRouteComesBeforeEverything() throws Exception {
    assertThat(gateway.client("PUT", "/v1/profile/shoe-size", "{").statusCode()).isEqualTo(404);
    assertThat(gateway.client("GET", "/v1/profile/", "").statusCode()).isEqualTo(404);
    assertThat(gateway.client("PUT", "/v1/consents/advertising", "{}").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/v1/keys", "/admin/v1/titles", "/metrics", "/health/ready"})
  void adminRoutesAreNotOnTheClientListener(String path) throws Exception {
    assertThat(gateway.client("GET", path, "").statusCode()).isEqualTo(404);
  }

  @Test
  void wrongMethodComesBeforeTheToken() throws Exception {
    var response = gateway.client("PUT", "/v1/profile/history", "{");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("DELETE");
  }

  @Test
  void tokenComesBeforeTheSize() throws Exception {
    var response = put("x".repeat(100_000));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(slug(response)).isEqualTo("token-missing");
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void scopeComesBeforeTheSize() throws Exception {
    var response =
        put("x".repeat(100_000), "Authorization", "Bearer " + TestTokens.withScope("rank"));
    assertThat(response.statusCode()).isEqualTo(403);
  }

  @Test
  void sizeComesBeforeTheMediaType() throws Exception {
    var response = put("x".repeat(65_537), "Authorization", writer, "Content-Type", "text/plain");
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(slug(response)).isEqualTo("too-large");
  }

  @Test
  void tenMegabytesGetTheirAnswer() throws Exception {
    var response = put("x".repeat(10_000_000), "Authorization", writer, "Content-Type", JSON);
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void tooMuchWithoutAnAnnouncedLengthIsRefusedOverHttp11() throws Exception {
    try (var socket =
        (SSLSocket)
            gateway.tls().getSocketFactory().createSocket("localhost", gateway.clientPort())) {
      var out = socket.getOutputStream();
      out.write(
          ("PUT /v1/profile/preferences HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                  + writer
                  + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(US_ASCII));
      String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
      for (int i = 0; i < 30; i++) {
        out.write(chunk.getBytes(US_ASCII));
      }
      out.write(
          "0\r\n\r\nGET /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(US_ASCII));
      out.flush();
      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answers).startsWith("HTTP/1.1 413").contains("HTTP/1.1 404");
    }
  }

  @Test
  void refusedExpectationGetsItsAnswerWithoutABody() throws Exception {
    try (var socket =
        (SSLSocket)
            gateway.tls().getSocketFactory().createSocket("localhost", gateway.clientPort())) {
      socket
          .getOutputStream()
          .write(
              ("PUT /v1/profile/preferences HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                      + writer
                      + "\r\nExpect: 100-continue\r\nContent-Length: 10000000\r\n\r\n")
                  .getBytes(US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void mediaTypeComesBeforeTheSyntax() throws Exception {
    assertThat(put("{", "Authorization", writer).statusCode()).isEqualTo(415);
    assertThat(put("{", "Authorization", writer, "Content-Type", "text/plain").statusCode())
        .isEqualTo(415);
    assertThat(
            put("{}", "Authorization", writer, "Content-Type", JSON, "Content-Encoding", "gzip")
                .statusCode())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"muted\":[],\"muted\":[]}",
        "{} {}",
        "{} x",
        "",
        "{\"genres\":{\"a\":NaN}}",
        "{'muted':[]}",
        "{\"muted\":[],}",
        "[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]"
      })
  void malformedTextIsSyntax(String body) throws Exception {
    var response = put(body, "Authorization", writer, "Content-Type", JSON);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(slug(response)).isEqualTo("syntax");
  }

  @Test
  void badUtf8IsSyntax() throws Exception {
    byte[] body = {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'};
    var response =
        gateway.client(
            "PUT", "/v1/profile/preferences", body, "Authorization", writer, "Content-Type", JSON);
    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void schemaComesBeforeThePrecondition() throws Exception {
    String[] headers = {"Authorization", writer, "Content-Type", JSON, "If-Match", "\"1\""};
    assertThat(put("{\"secret-member\":1}", headers).statusCode()).isEqualTo(422);
    assertThat(put("{}", headers).statusCode()).isEqualTo(412);
  }

  @Test
  void problemsSayNothingOfWhatCameIn() throws Exception {
    var response =
        put(
            "{\"secret-member\":1}",
            "Authorization",
            writer,
            "Content-Type",
            JSON,
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    var problem = json(response);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.get("traceId").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(problem.get("status").asInt()).isEqualTo(422);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(response.body()).doesNotContain("secret-member").doesNotContain("viewer");
  }

  @Test
  void bugShowsNoStackTrace() throws Exception {
    gateway.vault(VaultRequest.ReadAccessLog.class, read -> Outcome.done("secret of another type"));
    var response =
        gateway.client(
            "GET",
            "/v1/access-log",
            "",
            "Authorization",
            "Bearer " + TestTokens.withScope("profile:read"));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("Exception").doesNotContain("secret");
    assertThat(json(response).get("traceId").asText()).matches("[0-9a-f]{32}");
  }

  @Test
  void absentVaultIsUnavailable() throws Exception {
    var response =
        gateway.client(
            "GET",
            "/v1/profile",
            "",
            "Authorization",
            "Bearer " + TestTokens.withScope("profile:read"));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }
}
