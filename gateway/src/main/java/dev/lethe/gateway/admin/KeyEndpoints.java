package dev.lethe.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Rotations of the epoch keys, and the epochs that there are. */
final class KeyEndpoints {
  private static final String SCOPE = "admin:keys";
  private static final String ROTATIONS = "/admin/v1/key-rotations";
  private static final String KEYS = "keys";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int MAX_REASON = 200;

  /**
   * New keys are written to disk, under a key that is slow to derive, before a rotation counts as
   * started.
   */
  private static final Duration START_PATIENCE = Duration.ofSeconds(25);

  private final VaultClient vault;
  private final TokenVerifier tokens;

  KeyEndpoints(VaultClient vault, TokenVerifier tokens) {
    this.vault = vault;
    this.tokens = tokens;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded("startRotation", HttpMethod.POST, ROTATIONS, SCOPE, this::start)
            .taking(new BodyRule.Json(BodyRule.ORDINARY, false))
            .on(KEYS),
        Endpoint.guarded("readRotation", HttpMethod.GET, ROTATIONS + "/{id}", SCOPE, this::read)
            .on(KeyEndpoints::rotation),
        Endpoint.guarded("readKeys", HttpMethod.GET, "/admin/v1/keys", SCOPE, this::keys).on(KEYS));
  }

  /** Ids that are none of ours may be anything, so they stay out of the audit log. */
  private static AuditName rotation(Exchange exchange) {
    String id = exchange.pathId("id");
    return new AuditName.Clear(UUID_TEXT.matcher(id).matches() ? id : "unknown rotation");
  }

  private Future<Reply> start(Exchange exchange) {
    String reason =
        exchange
            .json()
            .map(body -> Members.of(body, "", "reason"))
            .flatMap(members -> members.text("reason", MAX_REASON))
            .orElse("");
    if (reason.codePoints().anyMatch(Character::isISOControl)) {
      throw Members.fault("reason", "must be printable");
    }
    String actor = Administrator.name(tokens, exchange.token());
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.StartRotation(actor, reason, exchange.now().plus(START_PATIENCE))),
        rotation ->
            Reply.json(202, json -> write(json, rotation))
                .with("Location", ROTATIONS + "/" + rotation.id()));
  }

  private Future<Reply> read(Exchange exchange) {
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.ReadRotation(exchange.pathId("id"), exchange.deadline())),
        rotation -> Reply.json(200, json -> write(json, rotation)));
  }

  private Future<Reply> keys(Exchange exchange) {
    return Outcomes.reply(
        vault.<Keys>ask(new VaultRequest.ReadKeys(exchange.deadline())),
        keys -> Reply.json(200, json -> write(json, keys)));
  }

  private static void write(JsonGenerator json, Rotation rotation) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rotation.id());
    json.writeStringField("state", rotation.state().wireName());
    json.writeNumberField("fromEpoch", rotation.fromEpoch());
    json.writeNumberField("toEpoch", rotation.toEpoch());
    json.writeNumberField("total", rotation.total());
    json.writeNumberField("done", rotation.done());
    json.writeStringField("startedAt", JsonText.instant(rotation.startedAt()));
    JsonText.instant(json, "completedAt", rotation.completedAt());
    json.writeEndObject();
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
