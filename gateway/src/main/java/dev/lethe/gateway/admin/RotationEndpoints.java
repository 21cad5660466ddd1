package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Place;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Rotations of the epoch keys: begun, watched, paused and resumed. */
final class RotationEndpoints {
  static final String SCOPE = "admin:keys";
  static final String KEYS = "keys";

  /**
   * What changes the keys is written to disk, under a key that is slow to derive, before it counts
   * as done.
   */
  static final Duration KEY_PATIENCE = Duration.ofSeconds(25);

  private static final String ROTATIONS = "/admin/v1/key-rotations";
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int MAX_REASON = 200;
  private static final String EVENTS = "text/event-stream";
  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final VaultClient vault;
  private final TokenVerifier tokens;
  private final Clock clock;

  RotationEndpoints(Vertx vertx, VaultClient vault, TokenVerifier tokens, Clock clock) {
    this.vertx = vertx;
    this.vault = vault;
    this.tokens = tokens;
    this.clock = clock;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded("startRotation", HttpMethod.POST, ROTATIONS, SCOPE, this::start)
            .taking(new BodyRule.Json(BodyRule.ORDINARY, false))
            .on(KEYS),
        Endpoint.guarded("readRotation", HttpMethod.GET, ROTATIONS + "/{id}", SCOPE, this::read)
            .on(RotationEndpoints::rotation),
        Endpoint.guarded(
                "pauseRotation", HttpMethod.POST, ROTATIONS + "/{id}/pause", SCOPE, this::pause)
            .on(RotationEndpoints::rotation),
        Endpoint.guarded(
                "resumeRotation", HttpMethod.POST, ROTATIONS + "/{id}/resume", SCOPE, this::resume)
            .on(RotationEndpoints::rotation));
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
            .map(body -> Members.of(body, Place.BODY, "reason"))
            .flatMap(members -> members.text("reason", MAX_REASON))
            .orElse("");
    if (reason.codePoints().anyMatch(Character::isISOControl)) {
      throw Members.fault("reason", "must be printable");
    }
    String actor = Administrator.name(tokens, exchange.token());
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.StartRotation(actor, reason, exchange.now().plus(KEY_PATIENCE))),
        RotationEndpoints::begun);
  }

  /** The answer to what began a rotation. */
  static Reply begun(Rotation rotation) {
    return Reply.json(202, json -> RotationText.write(json, rotation))
        .with("Location", ROTATIONS + "/" + rotation.id());
  }

  private Future<Reply> read(Exchange exchange) {
    String id = exchange.pathId("id");
    return Outcomes.reply(
        vault.<Rotation>ask(new VaultRequest.ReadRotation(id, exchange.deadline())),
        rotation -> exchange.prefers(EVENTS) ? events(id) : ok(rotation));
  }

  private Reply events(String id) {
    return new Reply.Live(
        200,
        Map.of("Content-Type", EVENTS),
        new RotationEvents(
            vertx,
            () ->
                vault.ask(new VaultRequest.ReadRotation(id, clock.instant().plus(LOOK_PATIENCE)))));
  }

  private Future<Reply> pause(Exchange exchange) {
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.PauseRotation(
                exchange.pathId("id"), exchange.now().plus(KEY_PATIENCE))),
        RotationEndpoints::ok);
  }

  private Future<Reply> resume(Exchange exchange) {
    return Outcomes.reply(
        vault.<Rotation>ask(
            new VaultRequest.ResumeRotation(
                exchange.pathId("id"), exchange.now().plus(KEY_PATIENCE))),
        RotationEndpoints::ok);
  }

  private static Reply ok(Rotation rotation) {
    return Reply.json(200, json -> RotationText.write(json, rotation));
  }
}
