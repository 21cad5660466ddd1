package dev.lethe.gateway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that a client library would not send, byte by byte over a socket: each gets one problem,
 * and what follows on the connection is not mistaken for part of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestShapeTest {
  private ClientStage stage;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    stage = new ClientStage(folder);
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }

  /** Everything that comes back until the connection ends. */
  private String exchange(String request) throws Exception {
    try (var socket =
        (SSLSocket)
            stage
                .gateway
                .tls()
                .getSocketFactory()
                .createSocket("localhost", stage.gateway.clientPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return received(socket);
    }
  }

  private static String received(SSLSocket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private String ask(String method, String target, String... headers) throws Exception {
    var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return exchange(
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + stage.token
            + "\r\n"
            + more
            + "\r\n");
  }

  private static void isProblem(String answer, int status, String slug) {
    assertThat(answer)
        .matches("(?s)HTTP/1\\.[01] " + status + " .*")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"type\":\"/problems/" + slug + "\"")
        .contains("\"status\":" + status)
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "TRACE", "PATCH", "PUT", "BREW", "get"})
  void methodThatARouteLacksIsToldTheOnesItHas(String method) throws Exception {
    var answer = ask(method, "/v1/profile");
    isProblem(answer, 405, "method-not-allowed");
    assertThat(answer).containsIgnoringCase("allow: GET, DELETE");
  }

  @Test
  void headHasNoRouteAndNoBody() throws Exception {
    assertThat(ask("HEAD", "/v1/profile"))
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: GET, DELETE")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/profile",
        "/v1//profile",
        "/v1/profile/",
        "/v1/profile//",
        "/v1/./profile",
        "/v1/%2e/profile",
        "/v1/x/../profile",
        "/%2E%2e/v1/profile",
        "/../v1/profile",
        "/v1/profile%2f",
        "/v1%2fprofile",
        "/v1/profile%00",
        "/v1/profile;x=1",
        "/V1/profile",
        "v1/profile",
        "*",
        "/v1/%zz",
        "/v1/titles/%zz",
        "/v1/titles/m-1%0d",
        "/v1/titles/%2e%2e%2fadmin",
        "/v1/erasures/a%20b"
      })
  void pathThatIsNotARoutesIsNotFound(String path) throws Exception {
    isProblem(ask("GET", path), 404, "not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/%70rofile", "https://localhost/v1/profile"})
  void otherSpellingsOfAPathAreThatPath(String target) throws Exception {
    assertThat(ask("GET", target)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void idThatIsTooLongIsNotFound() throws Exception {
    isProblem(ask("GET", "/v1/titles/" + "a".repeat(65)), 404, "not-found");
  }

  @Test
  void endlessAddressIsRefused() throws Exception {
    isProblem(ask("GET", "/v1/titles/" + "a".repeat(9_000)), 414, "line-too-long");
  }

  @Test
  void endlessHeaderIsRefused() throws Exception {
    isProblem(ask("GET", "/v1/profile", "X-A: " + "a".repeat(20_000)), 431, "header-too-large");
    isProblem(
        ask("GET", "/v1/profile", "X-A: a\r\n".repeat(3_000) + "X-B: b"), 431, "header-too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/titles/a b HTTP/1.1\r\nHost: l\r\n\r\n",
        "GET /v1/profile HTTP/1.1\r\nHost: l\r\nBad Header\r\n\r\n",
        "GET /v1/profile HTTP/1.1\r\nConnection: close\r\n\r\n",
        "POST /v1/rank HTTP/1.1\r\nHost: l\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        "POST /v1/rank HTTP/1.1\r\nHost: l\r\nContent-Length: -1\r\n\r\n{}",
        "POST /v1/rank HTTP/1.1\r\nHost: l\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
        "POST /v1/rank HTTP/1.1\r\nHost: l\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "\u0000\u0001\u0002\r\n\r\n"
      })
  void malformedRequestIsSyntaxAndEndsTheConnection(String request) throws Exception {
    isProblem(exchange(request), 400, "syntax");
  }

  @Test
  void brokenChunkEndsTheConnectionAndReachesNobody() throws Exception {
    stage.gateway.asked.clear();
    var answer =
        exchange(
            "POST /v1/rank HTTP/1.1\r\nHost: l\r\nAuthorization: "
                + stage.token
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    assertThat(answer).doesNotContain("HTTP/1.1 200");
    assertThat(stage.gateway.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=1&limit=2, limit must be given once",
    "limit=, limit must be an integer between 1 and 100",
    "limit, limit must be an integer between 1 and 100",
    "limit=0, limit must be an integer between 1 and 100",
    "limit=101, limit must be an integer between 1 and 100",
    "limit=+1, limit must be an integer between 1 and 100",
    "limit=1.0, limit must be an integer between 1 and 100",
    "limit=99999999999999999999, limit must be an integer between 1 and 100",
    "after=, after must be an id",
    "after=a%20b, after must be an id",
    "query=%ff, query must be UTF-8",
    "%, the query is malformed",
    "secret=1, the query has an unknown parameter"
  })
  void parametersThatDoNotFitAreNamed(String query, String detail) throws Exception {
    var answer = ask("GET", "/v1/titles?" + query);
    isProblem(answer, 422, "invalid");
    assertThat(answer).contains("\"detail\":\"" + detail + "\"").doesNotContain("secret");
  }

  @Test
  void parameterOnARouteThatHasNoneIsRefused() throws Exception {
    stage.gateway.asked.clear();
    isProblem(ask("GET", "/v1/profile?verbose=1"), 422, "invalid");
    assertThat(stage.gateway.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer eyJhbGciOiJub25lIn0.e30."})
  void whatFollowsTheSchemeMustBeAToken(String header) throws Exception {
    isProblem(
        exchange(
            "GET /v1/profile HTTP/1.1\r\nHost: l\r\nConnection: close\r\nAuthorization: "
                + header
                + "\r\n\r\n"),
        401,
        "token-invalid");
  }

  @Test
  void twoTokensAreNone() throws Exception {
    isProblem(ask("GET", "/v1/profile", "Authorization: " + stage.token), 401, "token-invalid");
  }
}
