package dev.lethe.gateway.admin;

import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Problem;
import dev.lethe.gateway.http.Reply;
import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.api.RankerRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;

/** Replaces the catalogue. */
final class CatalogEndpoint {
  private static final long MAX_BYTES = 256L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RankerClient ranker;

  CatalogEndpoint(RankerClient ranker) {
    this.ranker = ranker;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded(
                "replaceTitles", HttpMethod.PUT, "/admin/v1/titles", "admin:catalog", this::replace)
            .taking(new BodyRule.Upload(MAX_BYTES, "application/x-ndjson"))
            .on("catalogue"));
  }

  private Future<Reply> replace(Exchange exchange) {
    String file = exchange.upload().toString();
    var request = new RankerRequest.ReplaceCatalog(file, exchange.now().plus(PATIENCE));
    return Outcomes.reply(ranker.<CatalogVerdict>ask(request), CatalogEndpoint::reply);
  }

  private static Reply reply(CatalogVerdict verdict) {
    if (verdict instanceof CatalogVerdict.Rejected rejected) {
      throw Problem.invalid("line " + rejected.line() + ": " + rejected.fault()).asException();
    }
    int titles = ((CatalogVerdict.Accepted) verdict).titles();
    return Reply.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberField("titles", titles);
          json.writeEndObject();
        });
  }
}
