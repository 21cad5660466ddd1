package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.load.Batch;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.story.ChildInstance;
import dev.lethe.vault.api.Purpose;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * People who watched some titles and agreed that this is used.
 *
 * @param tokens of the people, one each
 * @param events that each of them has watched
 * @param purposes that they agreed to
 */
public record Viewers(List<String> tokens, int events, List<Purpose> purposes) {
  /** How many there are. */
  static final int TITLES = 5_000;

  private static final int ONE_AFTER_THE_OTHER = 1;

  /** People in one import: a body is kept in memory here. */
  private static final int IN_AN_IMPORT = 10_000;

  private static final String SCOPE = "rank consent erase profile:read profile:write";
  private static final Duration VALID = Duration.ofHours(4);
  private static final List<String> GENRES =
      List.of("Action", "Comedy", "Drama", "Horror", "Romance", "Sci-Fi", "Thriller", "Western");

  /**
   * People whose tokens are of the development issuer of a data folder. Signing takes about a
   * millisecond each.
   */
  static Viewers of(Path data, int people, int events, List<Purpose> purposes) {
    var issuer = DevIssuer.open(data, Clock.systemUTC());
    return new Viewers(
        IntStream.range(0, people)
            .parallel()
            .mapToObj(n -> issuer.token(name(n), SCOPE, VALID))
            .toList(),
        events,
        purposes);
  }

  /** Some of them. */
  Viewers part(int from, int to) {
    return new Viewers(tokens.subList(from, to), events, purposes);
  }

  /** Brings them into an empty instance, with their consents. Blocks. */
  void importInto(ChildInstance instance, Path data, Vertx vertx) {
    var operator =
        DevIssuer.open(data, Clock.systemUTC()).token("bench-operator", "admin:subjects", VALID);
    try (var admin =
        new HttpsCaller(vertx, instance.admin(), instance.certificate(), ONE_AFTER_THE_OTHER)) {
      for (int from = 0; from < tokens.size(); from += IN_AN_IMPORT) {
        int until = Math.min(from + IN_AN_IMPORT, tokens.size());
        var answer =
            Waiting.until(
                admin.send(
                    HttpMethod.POST,
                    "/admin/v1/subjects/import",
                    operator,
                    Map.of(
                        "Content-Type", "application/x-ndjson", "Idempotency-Key", "from " + from),
                    Buffer.buffer(persons(from, until))));
        if (answer.toJsonObject().getInteger("imported", 0) != until - from) {
          throw new BenchException("not everybody was taken: " + answer);
        }
      }
    }
  }

  /** Lets each of them say what they watched. Blocks. */
  void watchAt(HttpsCaller server) {
    var now = Instant.now();
    Batch.seconds(
        tokens.size(),
        Stage.CONNECTIONS,
        // A server that was just started may need too long for the first requests.
        number -> watch(server, number, now).recover(late -> watch(server, number, now)));
  }

  private Future<Buffer> watch(HttpsCaller server, int number, Instant now) {
    return server.send(
        HttpMethod.POST,
        "/v1/profile/history/events",
        tokens.get(number),
        Map.of("Content-Type", "application/json"),
        Buffer.buffer("{\"events\":[" + history(number, now) + "]}"));
  }

  /** A token of somebody else, of whom nothing is stored yet. */
  public static String newcomer(DevIssuer issuer, int number) {
    return issuer.token("newcomer-" + number, SCOPE, VALID);
  }

  /** Somebody's title: the newest that one of these people was brought in with. */
  public static String newestOf(int person) {
    return title(person * 7 % TITLES);
  }

  /** The id of a title, from 0 to 4,999. */
  static String title(int number) {
    return "m-" + number;
  }

  /** Titles to be ranked, chosen by chance. */
  public static List<String> candidates(RandomGenerator random, int number) {
    return random.ints(0, TITLES).distinct().limit(number).mapToObj(Viewers::title).toList();
  }

  private static String name(int number) {
    return "viewer-" + number;
  }

  /** A catalogue of all titles, a line each. */
  static String catalog() {
    return catalog(TITLES);
  }

  /** A catalogue of the first titles. */
  static String catalog(int titles) {
    return IntStream.range(0, titles)
        .mapToObj(
            n ->
                """
                {"id":"%s","title":"Title number %d","year":%d,"genres":["%s","%s"],"tags":["tag-%d","tag-%d"],"popularity":%.3f}"""
                    .formatted(
                        title(n),
                        n,
                        1960 + n % 60,
                        GENRES.get(n % GENRES.size()),
                        GENRES.get((n / 8 + 1 + n) % GENRES.size()),
                        n % 97,
                        n % 211 + 97,
                        1.0 / (1 + n % 100)))
        .collect(Collectors.joining("\n"));
  }

  private String persons(int from, int until) {
    var now = Instant.now();
    var consents =
        purposes.stream()
            .map(purpose -> "\"" + purpose.wireName() + "\":[\"history\"]")
            .collect(Collectors.joining(","));
    return IntStream.range(from, until)
        .mapToObj(
            n ->
                """
                {"sub":"%s","profile":{"history":[%s]},"consents":{%s}}"""
                    .formatted(name(n), history(n, now), consents))
        .collect(Collectors.joining("\n"));
  }

  private String history(int person, Instant now) {
    return IntStream.range(0, events)
        .mapToObj(
            n ->
                """
                {"item":"%s","at":"%s","progress":0.9}"""
                    .formatted(
                        title((person * 7 + n * 31) % TITLES), now.minusSeconds(3_600L * (n + 1))))
        .collect(Collectors.joining(","));
  }

  /** Bytes of a request for a ranking of candidates. */
  public static Buffer rankRequest(List<String> candidates) {
    return Buffer.buffer(("{" + named(candidates) + "}").getBytes(UTF_8));
  }

  /** The same without profiling. */
  static Buffer optedOutRequest(List<String> candidates) {
    return Buffer.buffer(("{" + named(candidates) + ",\"profiling\":false}").getBytes(UTF_8));
  }

  private static String named(List<String> candidates) {
    return "\"candidates\":["
        + candidates.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","))
        + "]";
  }

  /** Bytes of a request that adds a title to a history. */
  public static Buffer watchedRequest(String title) {
    return Buffer.buffer("{\"events\":[{\"item\":\"" + title + "\",\"progress\":0.9}]}");
  }
}
