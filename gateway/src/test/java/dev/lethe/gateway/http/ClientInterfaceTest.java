package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientInterfaceTest {
  private static final Instant AT = Instant.parse("2026-11-01T20:15:00Z");
  private TestGateway gateway;
  private String token;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
    token = "Bearer " + TestTokens.withScope("profile:read profile:write consent rank erase");
    gateway.vault(
        VaultRequest.ReadProfile.class, read -> Outcome.done(new ProfileView(profile(), 7, AT)));
    gateway.vault(VaultRequest.PutDocument.class, put -> Outcome.done(8L));
    gateway.vault(VaultRequest.AppendEvents.class, append -> Outcome.done(append.events().size()));
    gateway.vault(VaultRequest.Forget.class, forget -> Outcome.done(3));
    gateway.vault(
        VaultRequest.PutConsent.class,
        put -> Outcome.done(new ConsentGiven(new Consents(4, Map.of()), "a.b.c")));
    gateway.vault(VaultRequest.Erase.class, erase -> Outcome.done(erasure()));
    gateway.vault(
        VaultRequest.ReadExport.class,
        read ->
            Outcome.done(
                new Export(
                    Optional.empty(),
                    new Consents(0, Map.of()),
                    List.of(),
                    List.of(),
                    new RetentionRule(1_000, Duration.ofDays(365)),
                    "a controller")));
    gateway.ranker(RankerRequest.Rank.class, rank -> Outcome.done(ranking()));
  }

  @BeforeEach
  void forgetWhatWasAsked() {
    gateway.asked.clear();
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  private static Profile profile() {
    return new Profile(
        List.of(new Event.Watched("m-1", AT, OptionalDouble.of(0.93), OptionalDouble.empty())),
        List.of(),
        Optional.empty(),
        Optional.of(new Document.Preferences(Map.of("Sci-Fi", 1.0), List.of())));
  }

  private static Erasure erasure() {
    return new Erasure(
        "e-1",
        new Erasure.Stage(AT, "x.y.z"),
        Optional.empty(),
        new Erasure.Unrecoverable(AT.plus(1, ChronoUnit.DAYS), Optional.empty()));
  }

  private static Ranking ranking() {
    var because =
        new Ranking.Because(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("popularity"), 1.0);
    return new Ranking(
        List.of(new Ranking.Item("m-1", "One", 0.5, List.of(because))),
        Ranking.Personalization.NONE,
        List.of(),
        Optional.of(Ranking.Reason.NO_CONSENT),
        "2026-11-23.4",
        List.of());
  }

  private HttpResponse<String> send(String method, String path, String body, String... more)
      throws Exception {
    var headers =
        new java.util.ArrayList<>(
            List.of("Authorization", token, "Content-Type", "application/json"));
    headers.addAll(List.of(more));
    return gateway.client(method, path, body, headers.toArray(String[]::new));
  }

  private <T> T onlyAsked(Class<T> type) {
    assertThat(gateway.asked).hasSize(1);
    return type.cast(gateway.asked.element());
  }

  @Test
  void profileIsWrittenAsPromised() throws Exception {
    var response = send("GET", "/v1/profile", "");
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
    send("GET", "/v1/profile", "");
    var caller = onlyAsked(VaultRequest.ReadProfile.class).caller();
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
    assertThat(send("PUT", "/v1/profile/demographics", "{}", "If-Match", header).statusCode())
        .isEqualTo(204);
    assertThat(onlyAsked(VaultRequest.PutDocument.class).ifMatch())
        .isEqualTo(OptionalLong.of(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "\"1\", \"2\"", "\"", "''"})
  void malformedIfMatchIsSyntax(String header) throws Exception {
    assertThat(send("PUT", "/v1/profile/demographics", "{}", "If-Match", header).statusCode())
        .isEqualTo(400);
    assertThat(gateway.asked).isEmpty();
  }

  @Test
  void eventsReachTheVaultInUtcMilliseconds() throws Exception {
    String at = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS).toString();
    String offset = at.replace("Z", ".123456+00:00");
    var response =
        send(
            "POST",
            "/v1/profile/history/events",
            "{\"events\":[{\"item\":\"m-1\",\"at\":\""
                + offset
                + "\",\"rating\":5},{\"item\":\"m-2\"}]}",
            "Idempotency-Key",
            "k 1");
    assertThat(response.body()).isEqualTo("{\"accepted\":2}");
    var append = onlyAsked(VaultRequest.AppendEvents.class);
    assertThat(append.events().get(0).at()).isEqualTo(Instant.parse(at).plusMillis(123));
    assertThat(append.idempotency().orElseThrow().bodyDigest()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"events\":[]}",
        "{}",
        "[]",
        "null",
        "{\"events\":[{}]}",
        "{\"events\":[{\"item\":\"a b\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1.01}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":1e999}]}",
        "{\"events\":[{\"item\":\"m-1\",\"progress\":\"1\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":null}]}",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":0.4}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"2026-11-01\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"2026-02-30T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"9999-01-01T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"at\":\"1999-01-01T00:00:00Z\"}]}",
        "{\"events\":[{\"item\":\"m-1\",\"mood\":1}]}"
      })
  void eventsThatDoNotFitAreRefusedWhole(String body) throws Exception {
    assertThat(send("POST", "/v1/profile/history/events", body).statusCode()).isEqualTo(422);
    assertThat(gateway.asked).isEmpty();
  }

  @Test
  void faultNamesThePathAndNotTheValue() throws Exception {
    var response =
        send(
            "POST",
            "/v1/profile/history/events",
            "{\"events\":[{\"item\":\"m-1\"},{\"item\":\"m-2\",\"progress\":77123}]}");
    assertThat(json(response).get("detail").asText())
        .isEqualTo("events[1].progress must be a number between 0 and 1");
  }

  @Test
  void searchesCountCharacters() throws Exception {
    String path = "/v1/profile/searches/events";
    String smileys = "\uD83D\uDE00".repeat(200);
    assertThat(send("POST", path, "{\"events\":[{\"query\":\"" + smileys + "\"}]}").statusCode())
        .isEqualTo(200);
    assertThat(send("POST", path, "{\"events\":[{\"query\":\"x" + smileys + "\"}]}").statusCode())
        .isEqualTo(422);
    assertThat(send("POST", path, "{\"events\":[{\"query\":\"\\ud800\"}]}").statusCode())
        .isEqualTo(422);
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
    assertThat(send("PUT", "/v1/profile/demographics", body).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"genres\":{\"Horror\":1,\"horror\":0}}",
        "{\"genres\":{\"Horror\":1.1}}",
        "{\"genres\":{\"\":1}}",
        "{\"muted\":[\"m-1\",\"m-1\"]}",
        "{\"muted\":[1]}"
      })
  void preferencesThatDoNotFitAreRefused(String body) throws Exception {
    assertThat(send("PUT", "/v1/profile/preferences", body).statusCode()).isEqualTo(422);
  }

  @Test
  void idempotencyKeyMustBePrintable() throws Exception {
    String body = "{\"events\":[{\"item\":\"m-1\"}]}";
    String path = "/v1/profile/history/events";
    assertThat(send("POST", path, body, "Idempotency-Key", "k".repeat(255)).statusCode())
        .isEqualTo(200);
    assertThat(send("POST", path, body, "Idempotency-Key", "k".repeat(256)).statusCode())
        .isEqualTo(400);
    assertThat(send("POST", path, body, "Idempotency-Key", "a\tb").statusCode()).isEqualTo(400);
  }

  @Test
  void forgettingIsNarrowedByFilters() throws Exception {
    var response = send("DELETE", "/v1/profile/history?from=2026-03-01T00:00:00Z&item=m-1", "");
    assertThat(response.body()).isEqualTo("{\"removed\":3}");
    var filter = onlyAsked(VaultRequest.Forget.class).filter();
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
          gateway.tls().getSocketFactory().createSocket("localhost", gateway.clientPort())) {
        socket
            .getOutputStream()
            .write(
                ("DELETE "
                        + path
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                        + token
                        + "\r\n\r\n")
                    .getBytes(US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
            .startsWith("HTTP/1.1 422");
      }
    } else {
      assertThat(send("DELETE", path, "").statusCode()).isEqualTo(422);
    }
    assertThat(gateway.asked).isEmpty();
  }

  @Test
  void consentIsAnsweredWithItsReceipt() throws Exception {
    var response =
        send("PUT", "/v1/consents/training", "{\"fields\":[\"preferences\",\"history\"]}");
    assertThat(json(response).get("receipt").asText()).isEqualTo("a.b.c");
    assertThat(json(response).at("/purposes/training/updatedAt").isNull()).isTrue();
    assertThat(response.headers().firstValue("ETag")).contains("\"4\"");
    var put = onlyAsked(VaultRequest.PutConsent.class);
    assertThat(put.purpose()).isEqualTo(Purpose.TRAINING);
    assertThat(put.fields()).isEqualTo(Set.of(Field.HISTORY, Field.PREFERENCES));
  }

  @Test
  void privacyControlForbidsTrainingOnly() throws Exception {
    String history = "{\"fields\":[\"history\"]}";
    var refused = send("PUT", "/v1/consents/training", history, "Sec-GPC", "1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(slug(refused)).isEqualTo("gpc");
    assertThat(gateway.asked).isEmpty();
    assertThat(send("PUT", "/v1/consents/training", history, "Sec-GPC", "0").statusCode())
        .isEqualTo(200);
    assertThat(send("PUT", "/v1/consents/training", "{\"fields\":[]}", "Sec-GPC", "1").statusCode())
        .isEqualTo(200);
    assertThat(send("PUT", "/v1/consents/personalization", history, "Sec-GPC", "1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unknownFieldCannotBeConsentedTo() throws Exception {
    var response = send("PUT", "/v1/consents/training", "{\"fields\":[\"shoe-size\"]}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).doesNotContain("shoe");
  }

  @Test
  void becauseIsWrittenOnlyWhenAskedFor() throws Exception {
    assertThat(send("POST", "/v1/rank", "{}").body())
        .isEqualTo(
            "{\"items\":[{\"id\":\"m-1\",\"title\":\"One\",\"score\":0.5}],"
                + "\"personalization\":\"none\",\"fieldsUsed\":[],\"reason\":\"no-consent\","
                + "\"model\":\"2026-11-23.4\",\"unknown\":[]}");
    assertThat(json(send("POST", "/v1/rank", "{\"explain\":true}")).at("/items/0/because/0"))
        .hasToString("{\"field\":null,\"value\":\"popularity\",\"share\":1.0}");
  }

  @Test
  void candidatesCountOnce() throws Exception {
    send("POST", "/v1/rank", "{\"candidates\":[\"b\",\"a\",\"b\"],\"limit\":200}");
    var rank = onlyAsked(RankerRequest.Rank.class);
    assertThat(rank.candidates()).contains(List.of("b", "a"));
    assertThat(rank.limit()).isEqualTo(200);
    assertThat(rank.profiling()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limit\":0}",
        "{\"limit\":201}",
        "{\"limit\":1.5}",
        "{\"explain\":\"yes\"}",
        "{\"candidates\":[\"\"]}",
        "{\"candidates\":{}}"
      })
  void rankQuestionsThatDoNotFitAreRefused(String body) throws Exception {
    assertThat(send("POST", "/v1/rank", body).statusCode()).isEqualTo(422);
  }

  @Test
  void erasureIsWrittenAsPromised() throws Exception {
    assertThat(send("DELETE", "/v1/profile", "").body())
        .isEqualTo(
            "{\"erasureId\":\"e-1\",\"stages\":{\"inaccessible\":{\"at\":\"2026-11-01T20:15:00.000Z\","
                + "\"receipt\":\"x.y.z\"},\"purged\":null,\"unrecoverable\":{\"by\":"
                + "\"2026-11-02T20:15:00.000Z\",\"at\":null,\"receipt\":null}}}");
  }

  @Test
  void exportHasAllMembersForAStranger() throws Exception {
    var export = json(send("GET", "/v1/export", ""));
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

  @Test
  void publicPagesNeedNoToken() throws Exception {
    assertThat(gateway.client("GET", "/.well-known/gpc.json", "").body())
        .isEqualTo("{\"gpc\":true,\"lastUpdate\":\"2026-11-24\"}");
    assertThat(json(gateway.client("GET", "/openapi.json", "")).get("openapi").asText())
        .isEqualTo("3.1.0");
    assertThat(gateway.client("GET", "/", "").body()).contains("Lethe");
  }
}
