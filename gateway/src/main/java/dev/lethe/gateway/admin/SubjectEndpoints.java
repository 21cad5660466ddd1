package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.ErasureText;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.util.List;

/** What administrators do to one person's profile: erase it, give it new keys. */
final class SubjectEndpoints {
  private final VaultClient vault;
  private final NamedSubject subject;

  SubjectEndpoints(VaultClient vault, TokenVerifier tokens) {
    this.vault = vault;
    this.subject = new NamedSubject(tokens);
  }

  List<Endpoint> table() {
    return List.of(
        subject.act("eraseSubject", "erase", this::erase),
        subject.act("rekeySubject", "rekey", this::rekey));
  }

  private Future<Reply> erase(Exchange exchange) {
    return Outcomes.reply(
        vault.<Erasure>ask(
            new VaultRequest.Erase(subject.caller(exchange), subject.administrator(exchange))),
        ErasureText::reply);
  }

  private Future<Reply> rekey(Exchange exchange) {
    return Outcomes.reply(
        vault.<Long>ask(
            new VaultRequest.Rekey(subject.caller(exchange), subject.administrator(exchange))),
        version ->
            Reply.json(
                200,
                json -> {
                  json.writeStartObject();
                  json.writeNumberField("version", version);
                  json.writeEndObject();
                }));
  }
}
