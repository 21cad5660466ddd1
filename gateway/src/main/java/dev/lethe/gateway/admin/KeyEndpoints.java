package dev.lethe.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Exposure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The epochs that there are, and what follows when one is compromised. */
final class KeyEndpoints {
  private static final String EPOCH = "epoch";

  /** Everybody is gone through. */
  private static final Duration COUNT_PATIENCE = Duration.ofMinutes(10);

  private final VaultClient vault;

  KeyEndpoints(VaultClient vault) {
    this.vault = vault;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded(
                "readKeys", HttpMethod.GET, "/admin/v1/keys", RotationEndpoints.SCOPE, this::keys)
            .on(RotationEndpoints.KEYS),
        Endpoint.guarded(
                "compromisedEpoch",
                HttpMethod.POST,
                "/admin/v1/epochs/{epoch}/compromised",
                RotationEndpoints.SCOPE,
                this::compromised)
            .on(exchange -> new AuditName.Clear(EPOCH + " " + epoch(exchange.pathId(EPOCH)))),
        Endpoint.guarded(
                "countExposure",
                HttpMethod.GET,
                "/admin/v1/exposure",
                RotationEndpoints.SCOPE,
                this::exposure)
            .asking(EPOCH, "purpose", "from", "to")
            .on(RotationEndpoints.KEYS));
  }

  /** A number that is none is that of an epoch that never was. */
  private static int epoch(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : 0;
  }

  private Future<Reply> compromised(Exchange exchange) {
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.Compromised(
                epoch(exchange.pathId(EPOCH)),
                exchange.now().plus(RotationEndpoints.KEY_PATIENCE))),
        RotationEndpoints::begun);
  }

  private Future<Reply> exposure(Exchange exchange) {
    var query = exchange.query();
    var request =
        new VaultRequest.CountExposure(
            query
                .text(EPOCH)
                .map(KeyEndpoints::epoch)
                .filter(epoch -> epoch > 0)
                .orElseThrow(() -> Members.fault(EPOCH, "must be the number of an epoch")),
            query.text("purpose").map(KeyEndpoints::purpose).orElse(Purpose.SELF),
            query.instant("from").orElse(Instant.EPOCH),
            query.instant("to").orElse(exchange.now()),
            exchange.now().plus(COUNT_PATIENCE));
    if (!request.from().isBefore(request.to())) {
      throw Members.fault("to", "must be later than from");
    }
    return Outcomes.reply(
        vault.<Exposure>ask(request),
        exposure -> Reply.json(200, json -> write(json, request, exposure)));
  }

  private static Purpose purpose(String name) {
    return Purpose.SELF.wireName().equals(name)
        ? Purpose.SELF
        : Purpose.ofConsentable(name)
            .orElseThrow(
                () -> Members.fault("purpose", "must be self, personalization or training"));
  }

  private static void write(
      JsonGenerator json, VaultRequest.CountExposure request, Exposure exposure)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("epoch", request.epoch());
    json.writeStringField("purpose", request.purpose().wireName());
    json.writeStringField("from", JsonText.instant(request.from()));
    json.writeStringField("to", JsonText.instant(request.to()));
    json.writeNumberField("people", exposure.people());
    json.writeNumberField("erased", exposure.erased());
    json.writeObjectFieldStart("fields");
    for (var field : Field.values()) {
      json.writeNumberField(field.wireName(), exposure.fields().getOrDefault(field, 0L));
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private Future<Reply> keys(Exchange exchange) {
    return Outcomes.reply(
        vault.<Keys>ask(new VaultRequest.ReadKeys(exchange.deadline())),
        keys -> Reply.json(200, json -> write(json, keys)));
  }

  private static void write(JsonGenerator json, Keys keys) throws IOException {
    json.writeStartObject();
    json.writeNumberField("activeEpoch", keys.activeEpoch());
    json.writeArrayFieldStart("epochs");
    for (Keys.Epoch epoch : keys.epochs()) {
      json.writeStartObject();
      json.writeNumberField("epoch", epoch.epoch());
      json.writeStringField("state", epoch.state());
      json.writeStringField("createdAt", JsonText.instant(epoch.createdAt()));
      JsonText.instant(json, "destroyedAt", epoch.destroyedAt());
      json.writeNumberField("grants", epoch.grants());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("erasuresPending", keys.erasuresPending());
    json.writeEndObject();
  }
}
