package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.HeldText;
import dev.lethe.gateway.http.Outcomes;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import io.vertx.core.Future;
import java.util.List;

/** Legal hold and restriction of one person, and what a hold keeps (GDPR 17(3)(e) and 18). */
final class StateEndpoints {
  private final VaultClient vault;
  private final NamedSubject subject;

  StateEndpoints(VaultClient vault, TokenVerifier tokens) {
    this.vault = vault;
    this.subject = new NamedSubject(tokens);
  }

  List<Endpoint> table() {
    return List.of(
        change("holdSubject", "hold", StateChange.HOLD),
        change("releaseSubject", "release", StateChange.RELEASE),
        change("restrictSubject", "restrict", StateChange.RESTRICT),
        change("unrestrictSubject", "unrestrict", StateChange.UNRESTRICT),
        subject.act("readHeldSubject", "held", this::held));
  }

  private Endpoint change(String operation, String name, StateChange change) {
    return subject.act(
        operation,
        name,
        exchange ->
            Outcomes.reply(
                vault.<SubjectState>ask(
                    new VaultRequest.ChangeState(
                        subject.caller(exchange), change, subject.administrator(exchange))),
                HeldText::state));
  }

  private Future<Reply> held(Exchange exchange) {
    return Outcomes.reply(
        vault.<List<HeldLife>>ask(new VaultRequest.ReadHeld(subject.caller(exchange))),
        HeldText::lives);
  }
}
