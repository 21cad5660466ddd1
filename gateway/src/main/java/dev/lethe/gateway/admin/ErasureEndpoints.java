package dev.lethe.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.ErasureStage;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.List;

/** How far erasures are, and which are late. */
final class ErasureEndpoints {
  private static final String SCOPE = "admin:subjects";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private final VaultClient vault;

  ErasureEndpoints(VaultClient vault) {
    this.vault = vault;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded("listErasures", HttpMethod.GET, "/admin/v1/erasures", SCOPE, this::list)
            .asking("state", "after", "limit")
            .on("erasures"));
  }

  private Future<Reply> list(Exchange exchange) {
    var query = exchange.query();
    var request =
        new VaultRequest.ListErasures(
            query.text("state").map(ErasureEndpoints::state).orElse(ErasurePage.State.PENDING),
            query.number("after", 0, 0, Long.MAX_VALUE),
            (int) query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
            exchange.deadline());
    return Outcomes.reply(
        vault.<ErasurePage>ask(request), page -> Reply.json(200, json -> write(json, page)));
  }

  private static ErasurePage.State state(String name) {
    return switch (name) {
      case "pending" -> ErasurePage.State.PENDING;
      case "late" -> ErasurePage.State.LATE;
      case "all" -> ErasurePage.State.ALL;
      default -> throw Members.fault("state", "must be pending, late or all");
    };
  }

  private static void write(JsonGenerator json, ErasurePage page) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("erasures");
    for (var erasure : page.entries()) {
      json.writeStartObject();
      json.writeStringField("erasureId", erasure.erasureId());
      json.writeStringField("subject", erasure.pseudonym());
      json.writeStringField("requestedAt", JsonText.instant(erasure.requestedAt()));
      json.writeBooleanField("held", erasure.held());
      json.writeObjectFieldStart("stages");
      step(json, ErasureStage.INACCESSIBLE, erasure.inaccessible());
      step(json, ErasureStage.PURGED, erasure.purged());
      step(json, ErasureStage.UNRECOVERABLE, erasure.unrecoverable());
      json.writeEndObject();
      JsonText.strings(
          json, "late", erasure.late().stream().sorted().map(ErasureStage::wireName).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (page.next().isPresent()) {
      json.writeNumberField("next", page.next().getAsLong());
    } else {
      json.writeNullField("next");
    }
    json.writeEndObject();
  }

  private static void step(JsonGenerator json, ErasureStage stage, ErasurePage.Step step)
      throws IOException {
    json.writeObjectFieldStart(stage.wireName());
    JsonText.instant(json, "by", step.by());
    JsonText.instant(json, "at", step.at());
    json.writeEndObject();
  }
}
