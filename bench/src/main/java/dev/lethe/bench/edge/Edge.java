package dev.lethe.bench.edge;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.bench.load.Load;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Random;

/** What clients ask of an instance, and of who stands beside it. */
public enum Edge {
  /** A ranking of 100 candidates, by a history of 100 events. */
  RANK {
    @Override
    Future<Buffer> ask(HttpsCaller server, String token, Random random) {
      var body = Viewers.rankRequest(Viewers.candidates(random, CANDIDATES));
      return rank(server, token, body, PERSONAL);
    }
  },

  /** The same without profiling. */
  OPTED_OUT {
    @Override
    Future<Buffer> ask(HttpsCaller server, String token, Random random) {
      var body = Viewers.optedOutRequest(Viewers.candidates(random, CANDIDATES));
      return rank(server, token, body, OPTED_OUT_REASON);
    }
  },

  /** The whole profile of a person: 100 events. */
  PROFILE {
    @Override
    Future<Buffer> ask(HttpsCaller server, String token, Random random) {
      return server.get("/v1/profile", token);
    }
  },

  /** A title that was just watched. */
  EVENTS {
    @Override
    Future<Buffer> ask(HttpsCaller server, String token, Random random) {
      return server.send(
          HttpMethod.POST,
          "/v1/profile/history/events",
          token,
          Map.of("Content-Type", "application/json"),
          Viewers.watchedRequest(Viewers.candidates(random, 1).get(0)));
    }
  };

  /** Events in the history of each viewer. */
  static final int EVENTS_EACH = 100;

  private static final int CANDIDATES = 100;
  private static final String PERSONAL = "\"personalization\":\"full\"";
  private static final String OPTED_OUT_REASON = "\"reason\":\"opted-out\"";

  /** Bytes, at most, of a ranking behind its items: candidates may be unknown. */
  private static final int AFTER_ITEMS = 300 + 10 * CANDIDATES;

  /** A ranking that fell back to no profile is an answer, and not the one that is measured. */
  private static Future<Buffer> rank(HttpsCaller server, String token, Buffer body, String saying) {
    return server
        .send(HttpMethod.POST, "/v1/rank", token, Map.of("Content-Type", "application/json"), body)
        .compose(
            ranking -> {
              int end = ranking.length();
              return ranking.getString(Math.max(0, end - AFTER_ITEMS), end).contains(saying)
                  ? Future.succeededFuture(ranking)
                  : Future.failedFuture(new BenchException("a ranking is not what was asked for"));
            });
  }

  abstract Future<Buffer> ask(HttpsCaller server, String token, Random random);

  /** The same again and again, by viewers chosen by chance. */
  Load load(HttpsCaller server, Viewers viewers) {
    var random = new Random(1);
    return new Load(
        () -> ask(server, viewers.tokens().get(random.nextInt(viewers.tokens().size())), random));
  }
}
