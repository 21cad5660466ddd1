package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ranking may be asked and how it is written; and the pages that need no token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RankInterfaceTest {
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
  void becauseIsWrittenOnlyWhenAskedFor() throws Exception {
    assertThat(stage.send("POST", "/v1/rank", "{}").body())
        .isEqualTo(
            "{\"items\":[{\"id\":\"m-1\",\"title\":\"One\",\"score\":0.5}],"
                + "\"personalization\":\"none\",\"fieldsUsed\":[],\"reason\":\"no-consent\","
                + "\"model\":\"2026-11-23.4\",\"unknown\":[]}");
    assertThat(json(stage.send("POST", "/v1/rank", "{\"explain\":true}")).at("/items/0/because/0"))
        .hasToString("{\"field\":null,\"value\":\"popularity\",\"share\":1.0}");
  }

  @Test
  void fullExplanationOfNothingPersonalNamesNoConsentAndNoField() throws Exception {
    var body = stage.send("POST", "/v1/rank", "{\"explain\":\"full\"}").body();

    assertThat(stage.onlyAsked(RankerRequest.Rank.class).explain()).isEqualTo(Explain.FULL);
    assertThat(body)
        .startsWith(
            "{\"items\":[{\"id\":\"m-1\",\"title\":\"One\",\"score\":0.5,"
                + "\"because\":[{\"field\":null,\"value\":\"popularity\",\"share\":1.0}],"
                + "\"without\":{}}],");
  }

  @Test
  void termsOfFieldsNameTheirConsentAndFieldsTheirCounterfactual() {
    var history =
        new Ranking.Because(
            Optional.of(Field.HISTORY),
            Optional.of("m-2"),
            Optional.of("Two"),
            Optional.empty(),
            1.0);
    var places = new EnumMap<Field, OptionalInt>(Field.class);
    places.put(Field.HISTORY, OptionalInt.of(41));
    places.put(Field.PREFERENCES, OptionalInt.empty());
    var ranking =
        new Ranking(
            List.of(new Ranking.Item("m-1", "One", 0.5, List.of(history), places)),
            Ranking.Personalization.FULL,
            List.of(Field.HISTORY, Field.PREFERENCES),
            Optional.empty(),
            "v",
            List.of(),
            Optional.of(new ConsentRef(Purpose.PERSONALIZATION, 3, ClientStage.AT)));

    assertThat(JsonText.of(json -> RankText.write(json, ranking, Explain.FULL, false)).toString())
        .contains(
            "\"share\":1.0,\"consent\":{\"purpose\":\"personalization\",\"version\":3,"
                + "\"at\":\"2026-11-01T20:15:00.000Z\"}}],"
                + "\"without\":{\"history\":41,\"preferences\":null}}]");
    assertThat(JsonText.of(json -> RankText.write(json, ranking, Explain.TERMS, false)).toString())
        .doesNotContain("consent", "without");
  }

  @Test
  void receiptIsWrittenOnlyWhenAskedForAndThenAlsoWhenThereIsNone() throws Exception {
    assertThat(stage.send("POST", "/v1/rank", "{\"receipt\":true}").body())
        .endsWith("\"unknown\":[],\"receipt\":null}");
    assertThat(stage.onlyAsked(RankerRequest.Rank.class).receipt()).isTrue();
    assertThat(stage.send("POST", "/v1/rank", "{\"receipt\":false}").body())
        .endsWith("\"unknown\":[]}");
  }

  @Test
  void anotherWordForExplainIsOneClearProblem() throws Exception {
    var refused = stage.send("POST", "/v1/rank", "{\"explain\":\"some\"}");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).get("detail").asText())
        .isEqualTo("explain must be true, false or \"full\"");
    assertThat(stage.gateway.asked).isEmpty();
  }

  @Test
  void candidatesCountOnce() throws Exception {
    stage.send("POST", "/v1/rank", "{\"candidates\":[\"b\",\"a\",\"b\"],\"limit\":200}");
    var rank = stage.onlyAsked(RankerRequest.Rank.class);
    assertThat(rank.candidates()).contains(List.of("b", "a"));
    assertThat(rank.limit()).isEqualTo(200);
    assertThat(rank.profiling()).isTrue();
  }

  @Test
  void thousandCandidatesAreTakenHoweverOftenTheyAreNamed() throws Exception {
    String thousand =
        IntStream.range(0, 1_000).mapToObj(i -> "\"m-" + i + "\"").collect(Collectors.joining(","));
    String twice = "{\"candidates\":[" + thousand + "," + thousand + "]}";
    String more = "{\"candidates\":[" + thousand + ",\"m-1000\"]}";
    assertThat(stage.send("POST", "/v1/rank", twice).statusCode()).isEqualTo(200);
    assertThat(stage.send("POST", "/v1/rank", more).statusCode()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limit\":0}",
        "{\"limit\":201}",
        "{\"limit\":1.5}",
        "{\"limit\":20.0}",
        "{\"limit\":2e1}",
        "{\"limit\":\"5\"}",
        "{\"limit\":null}",
        "{\"limit\":2147483668}",
        "{\"limit\":4294967316}",
        "{\"limit\":9007199254740993}",
        "{\"limit\":1e400}",
        "{\"limit\":99999999999999999999999}",
        "{\"mood\":1}",
        "[]",
        "null",
        "{\"candidates\":[\"a b\"]}",
        "{\"candidates\":[null]}",
        "{\"explain\":\"yes\"}",
        "{\"explain\":\"FULL\"}",
        "{\"receipt\":\"yes\"}",
        "{\"receipt\":null}",
        "{\"explain\":null}",
        "{\"candidates\":[\"\"]}",
        "{\"candidates\":{}}"
      })
  void rankQuestionsThatDoNotFitAreRefused(String body) throws Exception {
    assertThat(stage.send("POST", "/v1/rank", body).statusCode()).isEqualTo(422);
  }

  @Test
  void publicPagesNeedNoToken() throws Exception {
    assertThat(stage.gateway.client("GET", "/.well-known/gpc.json", "").body())
        .isEqualTo("{\"gpc\":true,\"lastUpdate\":\"2026-11-24\"}");
    assertThat(json(stage.gateway.client("GET", "/openapi.json", "")).get("openapi").asText())
        .isEqualTo("3.1.0");
    assertThat(stage.gateway.client("GET", "/", "").body()).contains("Lethe");
  }
}
