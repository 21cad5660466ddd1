package dev.lethe.gateway.http;

import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A person's profile: see, write, forget, take away, erase. */
final class ProfileEndpoints {
  private static final Duration EXPORT_PATIENCE = Duration.ofSeconds(10);

  private final VaultClient vault;
  private final RetentionRule retention;

  ProfileEndpoints(VaultClient vault, RetentionRule retention) {
    this.vault = vault;
    this.retention = retention;
  }

  List<Endpoint> table() {
    var table = new ArrayList<Endpoint>();
    table.add(
        Endpoint.guarded(
            "readProfile", HttpMethod.GET, "/v1/profile", "profile:read", this::readProfile));
    table.add(
        Endpoint.guarded("eraseProfile", HttpMethod.DELETE, "/v1/profile", "erase", this::erase));
    for (Field field : Field.values()) {
      String path = "/v1/profile/" + field.wireName();
      String name =
          Character.toUpperCase(field.wireName().charAt(0)) + field.wireName().substring(1);
      if (field.holdsEvents()) {
        table.add(
            Endpoint.guarded(
                    "append" + name,
                    HttpMethod.POST,
                    path + "/events",
                    "profile:write",
                    exchange -> append(exchange, field))
                .taking(BodyRule.json(BodyRule.LARGE)));
      } else {
        table.add(
            Endpoint.guarded(
                    "put" + name,
                    HttpMethod.PUT,
                    path,
                    "profile:write",
                    exchange -> put(exchange, field))
                .taking(BodyRule.json(BodyRule.ORDINARY)));
      }
      table.add(
          Endpoint.guarded(
                  "forget" + name,
                  HttpMethod.DELETE,
                  path,
                  "profile:write",
                  exchange -> forget(exchange, field))
              .asking(filters(field)));
    }
    table.add(
        Endpoint.guarded(
            "readAccessLog", HttpMethod.GET, "/v1/access-log", "profile:read", this::accessLog));
    table.add(
        Endpoint.guarded(
            "exportProfile", HttpMethod.GET, "/v1/export", "profile:read", this::export));
    table.add(
        Endpoint.open(
            "readErasure", HttpMethod.GET, "/v1/erasures/{erasureId}", this::readErasure));
    return List.copyOf(table);
  }

  private static String[] filters(Field field) {
    if (!field.holdsEvents()) {
      return new String[0];
    }
    return field == Field.HISTORY
        ? new String[] {"from", "to", "item"}
        : new String[] {"from", "to"};
  }

  private Future<Reply> readProfile(Exchange exchange) {
    return Outcomes.reply(
        vault.<ProfileView>ask(new VaultRequest.ReadProfile(exchange.caller())),
        view ->
            Reply.json(200, json -> ProfileText.write(json, view))
                .with("ETag", Preconditions.etag(view.version())));
  }

  private Future<Reply> put(Exchange exchange, Field field) {
    var ifMatch = Preconditions.ifMatch(exchange);
    Document document = DocumentInput.read(field, exchange.requiredJson());
    return Outcomes.reply(
        vault.<Long>ask(new VaultRequest.PutDocument(exchange.caller(), document, ifMatch)),
        version -> Reply.empty(204).with("ETag", Preconditions.etag(version)));
  }

  private Future<Reply> append(Exchange exchange, Field field) {
    var ifMatch = Preconditions.ifMatch(exchange);
    var idempotency = Preconditions.idempotency(exchange);
    List<Event> events =
        new EventInput(exchange.now(), retention).read(field, exchange.requiredJson());
    return Outcomes.reply(
        vault.<Integer>ask(
            new VaultRequest.AppendEvents(exchange.caller(), field, events, idempotency, ifMatch)),
        accepted -> count("accepted", accepted));
  }

  private Future<Reply> forget(Exchange exchange, Field field) {
    var ifMatch = Preconditions.ifMatch(exchange);
    var query = exchange.query();
    var filter =
        query.isEmpty()
            ? ForgetFilter.EVERYTHING
            : new ForgetFilter(query.instant("from"), query.instant("to"), query.id("item"));
    return Outcomes.reply(
        vault.<Integer>ask(new VaultRequest.Forget(exchange.caller(), field, filter, ifMatch)),
        removed -> count("removed", removed));
  }

  private static Reply count(String name, int number) {
    return Reply.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeNumberField(name, number);
          json.writeEndObject();
        });
  }

  private Future<Reply> accessLog(Exchange exchange) {
    return Outcomes.reply(
        vault.<List<AccessLogEntry>>ask(new VaultRequest.ReadAccessLog(exchange.caller())),
        entries ->
            Reply.json(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeFieldName("entries");
                  ConsentText.entries(json, entries);
                  json.writeEndObject();
                }));
  }

  private Future<Reply> export(Exchange exchange) {
    return Outcomes.reply(
        vault.<Export>ask(new VaultRequest.ReadExport(exchange.caller(EXPORT_PATIENCE))),
        export ->
            new Reply.Streamed(
                200, Map.of("Content-Type", "application/json"), ExportText.parts(export)));
  }

  private Future<Reply> erase(Exchange exchange) {
    return Outcomes.reply(
        vault.<Erasure>ask(
            new VaultRequest.Erase(exchange.caller(), "owner", Preconditions.ifMatch(exchange))),
        ErasureText::reply);
  }

  private Future<Reply> readErasure(Exchange exchange) {
    return Outcomes.reply(
        vault.<Erasure>ask(
            new VaultRequest.ReadErasure(exchange.pathId("erasureId"), exchange.deadline())),
        ErasureText::reply);
  }
}
