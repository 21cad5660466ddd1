package dev.lethe.bench.core;

import dev.lethe.gateway.http.EventInput;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.RankInput;
import dev.lethe.gateway.http.RankText;
import dev.lethe.gateway.http.StrictJson;
import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Bodies as the gateway reads and writes them, from bytes to records and back. */
@State(Scope.Benchmark)
public class Json {
  private static final int CANDIDATES = 100;

  private final Instant now = Instant.now();
  private final EventInput events = new EventInput(now, Viewer.RETENTION);
  private final Buffer rankBody = rankBody();
  private final Buffer eventsBody = eventsBody(Viewer.watched(now));
  private final Ranking ranking = explained(now);

  private static Ranking explained(Instant now) {
    var model = new RankingModel(Titles.catalog());
    var candidates = Optional.of(Titles.unseen(CANDIDATES));
    var ranked = model.rank(Viewer.profile(now), candidates, CANDIDATES, true);
    return new Ranking(
        ranked.items(),
        Ranking.Personalization.FULL,
        List.of(Field.HISTORY),
        Optional.empty(),
        model.version(),
        ranked.unknown(),
        Optional.empty());
  }

  private static Buffer rankBody() {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          JsonText.strings(json, "candidates", Titles.unseen(CANDIDATES));
          json.writeNumberField("limit", CANDIDATES);
          json.writeBooleanField("explain", true);
          json.writeEndObject();
        });
  }

  private static Buffer eventsBody(List<Event.Watched> watched) {
    return JsonText.of(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("events");
          for (var event : watched) {
            json.writeStartObject();
            json.writeStringField("item", event.item());
            json.writeStringField("at", JsonText.instant(event.at()));
            json.writeNumberField("progress", event.progress().orElseThrow());
            if (event.rating().isPresent()) {
              json.writeNumberField("rating", event.rating().getAsDouble());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Benchmark
  public RankInput readRankOf100Candidates() {
    return RankInput.read(StrictJson.parse(rankBody));
  }

  @Benchmark
  public List<Event> read200Events() {
    return events.read(Field.HISTORY, StrictJson.parse(eventsBody));
  }

  @Benchmark
  public Buffer write100ExplainedItems() {
    return JsonText.of(json -> RankText.write(json, ranking, Explain.TERMS, false));
  }
}
