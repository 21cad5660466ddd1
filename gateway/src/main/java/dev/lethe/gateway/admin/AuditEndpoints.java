package dev.lethe.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The audit log, and whether its chain holds. */
final class AuditEndpoints {
  private static final String SCOPE = "admin:audit";
  private static final String TARGET = "audit log";
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  /**
   * Reading the whole chain takes longer than a question; still less than idle connections live.
   */
  private static final Duration VERIFY_PATIENCE = Duration.ofSeconds(25);

  private final VaultClient vault;

  AuditEndpoints(VaultClient vault) {
    this.vault = vault;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded("readAudit", HttpMethod.GET, "/admin/v1/audit", SCOPE, this::read)
            .asking("after", "limit")
            .on(TARGET),
        Endpoint.guarded(
                "verifyAudit", HttpMethod.GET, "/admin/v1/audit/verify", SCOPE, this::verify)
            .on(TARGET));
  }

  private Future<Reply> read(Exchange exchange) {
    long after = exchange.query().number("after", 0, 0, Long.MAX_VALUE);
    int limit = (int) exchange.query().number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    return Outcomes.reply(
        vault.<AuditPage>ask(new VaultRequest.ReadAudit(after, limit, exchange.deadline())),
        page -> Reply.json(200, json -> write(json, page)));
  }

  private static void write(JsonGenerator json, AuditPage page) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("entries");
    for (AuditPage.Entry entry : page.entries()) {
      json.writeStartObject();
      json.writeNumberField("seq", entry.seq());
      json.writeStringField("at", JsonText.instant(entry.at()));
      json.writeStringField("actor", entry.actor());
      json.writeStringField("action", entry.action());
      json.writeStringField("target", entry.target());
      json.writeStringField("outcome", entry.outcome());
      json.writeStringField("hash", entry.hash());
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

  private Future<Reply> verify(Exchange exchange) {
    return Outcomes.reply(
        vault.<ChainCheck>ask(new VaultRequest.VerifyAudit(exchange.now().plus(VERIFY_PATIENCE))),
        check ->
            Reply.json(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeBooleanField("ok", check.ok());
                  json.writeNumberField("entries", check.entries());
                  json.writeStringField("head", check.head());
                  json.writeNumberField("signedUpTo", check.signedUpTo());
                  if (check.fault().isPresent()) {
                    json.writeStringField("fault", check.fault().get());
                  }
                  json.writeEndObject();
                }));
  }
}
