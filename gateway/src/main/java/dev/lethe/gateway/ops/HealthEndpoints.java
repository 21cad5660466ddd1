package dev.lethe.gateway.ops;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alive, and ready for requests. */
public final class HealthEndpoints {
  private static final List<String> VAULT_CHECKS =
      List.of("redis", "ledger", "keystore", "sealing");

  private final VaultClient vault;
  private final TokenVerifier tokens;
  private final Readiness readiness;

  public HealthEndpoints(VaultClient vault, TokenVerifier tokens, Readiness readiness) {
    this.vault = vault;
    this.tokens = tokens;
    this.readiness = readiness;
  }

  public List<Endpoint> table() {
    return List.of(
        Endpoint.open("readLiveness", HttpMethod.GET, "/health/live", this::live),
        Endpoint.open("readReadiness", HttpMethod.GET, "/health/ready", this::ready));
  }

  private Future<Reply> live(Exchange exchange) {
    return Future.succeededFuture(reply(true, Map.of()));
  }

  private Future<Reply> ready(Exchange exchange) {
    return vault
        .<VaultHealth>ask(new VaultRequest.ReadHealth(exchange.deadline()))
        .map(
            outcome -> {
              Map<String, Boolean> vaultSays =
                  outcome instanceof Outcome.Done<VaultHealth> done
                      ? done.value().checks()
                      : Map.of();
              var checks = new LinkedHashMap<String, Boolean>();
              VAULT_CHECKS.forEach(name -> checks.put(name, vaultSays.getOrDefault(name, false)));
              checks.putAll(vaultSays);
              checks.put("issuers", tokens.ready());
              boolean up = !readiness.draining() && !checks.containsValue(false);
              return up ? reply(true, checks) : reply(false, checks).with("Retry-After", "1");
            });
  }

  private static Reply reply(boolean up, Map<String, Boolean> checks) {
    return Reply.json(
        up ? 200 : 503,
        json -> {
          json.writeStartObject();
          json.writeStringField("status", word(up));
          if (!checks.isEmpty()) {
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, Boolean> check : checks.entrySet()) {
              json.writeStringField(check.getKey(), word(check.getValue()));
            }
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }
}
