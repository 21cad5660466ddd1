package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.Place;
import dev.lethe.gateway.http.Problem;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import io.vertx.core.http.HttpMethod;

/** Acts of an administrator on the person whom the body names. */
record NamedSubject(TokenVerifier tokens) {
  private static final String SCOPE = "admin:subjects";
  private static final int MAX_ISSUER = 2_048;
  private static final int MAX_SUBJECT = 256;

  /** An act, by the last part of its path. */
  Endpoint act(String operation, String name, Endpoint.Action action) {
    return Endpoint.guarded(operation, HttpMethod.POST, "/admin/v1/subjects/" + name, SCOPE, action)
        .taking(BodyRule.json(BodyRule.ORDINARY))
        .on(exchange -> new AuditName.Viewer(of(exchange)));
  }

  /** The administrator, acting on the person. */
  Caller caller(Exchange exchange) {
    return new Caller(
        of(exchange), TokenRef.ADMINISTRATOR, exchange.deadline(), exchange.traceId());
  }

  String administrator(Exchange exchange) {
    return Administrator.name(tokens, exchange.token());
  }

  private SubjectRef of(Exchange exchange) {
    var members =
        Members.of(
            exchange.json().orElseThrow(() -> Problem.syntax("The body is empty.").asException()),
            Place.BODY,
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
