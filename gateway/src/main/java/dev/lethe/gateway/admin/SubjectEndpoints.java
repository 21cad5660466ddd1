package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.ErasureText;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Problem;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** What administrators do to one person's profile: erase it, give it new keys. */
final class SubjectEndpoints {
  private static final String SCOPE = "admin:subjects";
  private static final int MAX_ISSUER = 2_048;
  private static final int MAX_SUBJECT = 256;

  private final VaultClient vault;
  private final TokenVerifier tokens;

  SubjectEndpoints(VaultClient vault, TokenVerifier tokens) {
    this.vault = vault;
    this.tokens = tokens;
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded(
                "eraseSubject", HttpMethod.POST, "/admin/v1/subjects/erase", SCOPE, this::erase)
            .taking(BodyRule.json(BodyRule.ORDINARY))
            .on(this::viewer),
        Endpoint.guarded(
                "rekeySubject", HttpMethod.POST, "/admin/v1/subjects/rekey", SCOPE, this::rekey)
            .taking(BodyRule.json(BodyRule.ORDINARY))
            .on(this::viewer));
  }

  private Future<Reply> erase(Exchange exchange) {
    return Outcomes.reply(
        vault.<Erasure>ask(
            new VaultRequest.Erase(caller(exchange), Administrator.name(tokens, exchange.token()))),
        ErasureText::reply);
  }

  private Future<Reply> rekey(Exchange exchange) {
    return Outcomes.reply(
        vault.<Long>ask(
            new VaultRequest.Rekey(caller(exchange), Administrator.name(tokens, exchange.token()))),
        version ->
            Reply.json(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeNumberField("version", version);
                  json.writeEndObject();
                }));
  }

  private AuditName viewer(Exchange exchange) {
    return new AuditName.Viewer(subject(exchange));
  }

  private Caller caller(Exchange exchange) {
    return new Caller(
        subject(exchange), TokenRef.ADMINISTRATOR, exchange.deadline(), exchange.traceId());
  }

  private SubjectRef subject(Exchange exchange) {
    var members =
        Members.of(
            exchange.json().orElseThrow(() -> Problem.syntax("The body is empty.").asException()),
            "",
            "iss",
            "sub");
    String subject = members.requiredText("sub", MAX_SUBJECT);
    String issuer =
        members
            .text("iss", MAX_ISSUER)
            .or(tokens::soleIssuer)
            .orElseThrow(() -> Members.fault("iss", "is required: there are several issuers"));
    return new SubjectRef(issuer, subject);
  }
}
