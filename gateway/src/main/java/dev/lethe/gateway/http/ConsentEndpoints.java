package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person agrees to. */
final class ConsentEndpoints {
  private final VaultClient vault;

  ConsentEndpoints(VaultClient vault) {
    this.vault = vault;
  }

  List<Endpoint> table() {
    var table = new ArrayList<Endpoint>();
    table.add(
        Endpoint.guarded("readConsents", HttpMethod.GET, "/v1/consents", "consent", this::read));
    Purpose.consentables()
        .forEach(
            purpose ->
                table.add(
                    Endpoint.guarded(
                            "decide"
                                + Character.toUpperCase(purpose.wireName().charAt(0))
                                + purpose.wireName().substring(1),
                            HttpMethod.PUT,
                            "/v1/consents/" + purpose.wireName(),
                            "consent",
                            exchange -> decide(exchange, purpose))
                        .taking(BodyRule.json(BodyRule.ORDINARY))));
    return List.copyOf(table);
  }

  private Future<Reply> read(Exchange exchange) {
    return Outcomes.reply(
        vault.<Consents>ask(new VaultRequest.ReadConsents(exchange.caller())),
        consents ->
            Reply.json(200, json -> ConsentText.write(json, consents))
                .with("ETag", Preconditions.etag(consents.version())));
  }

  private Future<Reply> decide(Exchange exchange, Purpose purpose) {
    var ifMatch = Preconditions.ifMatch(exchange);
    List<Field> named =
        Members.of(exchange.requiredJson(), Place.BODY, "fields")
            .distinct("fields", Field.values().length, ConsentEndpoints::field)
            .orElseThrow(() -> Members.fault("fields", "is required"));
    Set<Field> fields = EnumSet.noneOf(Field.class);
    fields.addAll(named);
    if (purpose == Purpose.TRAINING && !fields.isEmpty() && Preconditions.gpc(exchange)) {
      throw Problem.gpc().asException();
    }
    return Outcomes.reply(
        vault.<ConsentGiven>ask(
            new VaultRequest.PutConsent(
                exchange.caller(), purpose, Collections.unmodifiableSet(fields), ifMatch)),
        given ->
            Reply.json(200, json -> ConsentText.write(json, given))
                .with("ETag", Preconditions.etag(given.consents().version())));
  }

  static Field field(JsonNode node, Place place) {
    return Optional.ofNullable(node.textValue())
        .flatMap(Field::ofWireName)
        .orElseThrow(() -> Members.fault(place, "must be a field"));
  }
}
