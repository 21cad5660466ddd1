package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.story.ChildInstance;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Titles, and people who watched some of them and agreed to personalisation, in an instance.
 *
 * @param tokens of the people, one each
 */
public record Viewers(List<String> tokens) {
  private static final int TITLES = 5_000;
  private static final int EVENTS = 100;
  private static final int ALL_OF_THEM = 1;
  private static final Duration VALID = Duration.ofHours(4);
  private static final List<String> GENRES =
      List.of("Action", "Comedy", "Drama", "Horror", "Romance", "Sci-Fi", "Thriller", "Western");

  /** Brings them into an empty instance. Blocks. */
  static Viewers into(ChildInstance instance, Path data, Vertx vertx, int people) {
    var issuer = DevIssuer.open(data, Clock.systemUTC());
    var operator = issuer.token("bench-operator", "admin:catalog admin:subjects", VALID);
    try (var admin =
        new HttpsCaller(vertx, instance.admin(), instance.certificate(), ALL_OF_THEM)) {
      var titles = put(admin, HttpMethod.PUT, "/admin/v1/titles", operator, titles());
      requireAll("titles", titles, TITLES);
      var imported =
          put(admin, HttpMethod.POST, "/admin/v1/subjects/import", operator, persons(people));
      requireAll("imported", imported, people);
    }
    return new Viewers(
        IntStream.range(0, people)
            .parallel()
            .mapToObj(n -> issuer.token(name(n), "rank profile:read profile:write erase", VALID))
            .toList());
  }

  /** Some of them. */
  Viewers part(int from, int to) {
    return new Viewers(tokens.subList(from, to));
  }

  private static Buffer put(
      HttpsCaller admin, HttpMethod method, String path, String token, String lines) {
    try {
      return admin
          .send(
              method,
              path,
              token,
              Map.of("Content-Type", "application/x-ndjson", "Idempotency-Key", "bench"),
              Buffer.buffer(lines))
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw new BenchException("the instance cannot be filled: " + e.getCause(), e);
    }
  }

  private static void requireAll(String member, Buffer answer, int number) {
    if (answer.toJsonObject().getInteger(member, 0) != number) {
      throw new BenchException("not everything was taken: " + answer);
    }
  }

  /** The id of a title, from 0 to 4,999. */
  static String title(int number) {
    return "m-" + number;
  }

  /** Titles to be ranked, chosen by chance. */
  static List<String> candidates(RandomGenerator random, int number) {
    return random.ints(0, TITLES).distinct().limit(number).mapToObj(Viewers::title).toList();
  }

  private static String name(int number) {
    return "viewer-" + number;
  }

  private static String titles() {
    return IntStream.range(0, TITLES)
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

  private static String persons(int people) {
    var now = Instant.now();
    return IntStream.range(0, people)
        .mapToObj(
            n ->
                """
                {"sub":"%s","profile":{"history":[%s]},"consents":{"personalization":["history"]}}"""
                    .formatted(name(n), history(n, now)))
        .collect(Collectors.joining("\n"));
  }

  private static String history(int person, Instant now) {
    return IntStream.range(0, EVENTS)
        .mapToObj(
            n ->
                """
                {"item":"%s","at":"%s","progress":0.9}"""
                    .formatted(
                        title((person * 7 + n * 31) % TITLES), now.minusSeconds(3_600L * (n + 1))))
        .collect(Collectors.joining(","));
  }

  /** Bytes of a request for a ranking of candidates. */
  static Buffer rankRequest(List<String> candidates) {
    return Buffer.buffer(
        ("{\"candidates\":["
                + candidates.stream().map(id -> '"' + id + '"').collect(Collectors.joining(","))
                + "]}")
            .getBytes(UTF_8));
  }
}
