package dev.lethe.gateway.http;

import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** Rankings and titles. */
final class RankEndpoints {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_PAGE = 100;
  private static final int MAX_QUERY = 200;

  private final RankerClient ranker;

  RankEndpoints(RankerClient ranker) {
    this.ranker = ranker;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded("rank", HttpMethod.POST, "/v1/rank", "rank", this::rank)
            .taking(BodyRule.json(BodyRule.LARGE)),
        Endpoint.guarded("findTitles", HttpMethod.GET, "/v1/titles", "rank", this::find)
            .asking("query", "limit", "after"),
        Endpoint.guarded("readTitle", HttpMethod.GET, "/v1/titles/{id}", "rank", this::read));
  }

  private Future<Reply> rank(Exchange exchange) {
    var asked = RankInput.read(exchange.requiredJson());
    var request =
        new RankerRequest.Rank(
            exchange.caller(),
            asked.candidates(),
            asked.limit(),
            asked.explain(),
            asked.profiling(),
            asked.receipt());
    return Outcomes.reply(
        ranker.<Ranking>ask(request),
        ranking ->
            Reply.json(
                200, json -> RankText.write(json, ranking, asked.explain(), asked.receipt())));
  }

  private Future<Reply> find(Exchange exchange) {
    var query = exchange.query();
    String words = query.text("query").orElse("");
    if (words.length() > MAX_QUERY) {
      throw Members.fault("query", "must have at most " + MAX_QUERY + " characters");
    }
    var request =
        new RankerRequest.FindTitles(
            words,
            (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_PAGE),
            query.id("after"),
            exchange.deadline());
    return Outcomes.reply(
        ranker.<TitlePage>ask(request), page -> Reply.json(200, json -> RankText.page(json, page)));
  }

  private Future<Reply> read(Exchange exchange) {
    return Outcomes.reply(
        ranker.<Title>ask(new RankerRequest.ReadTitle(exchange.pathId("id"), exchange.deadline())),
        title -> Reply.json(200, json -> RankText.title(json, title)));
  }
}
