package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.vault.api.AuditName;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request on a route, shown to the witness before its action and before its answer.
 *
 * @param token of a guarded route; others have no witness
 * @param problem the answer that stands for a failure
 */
record Attempt(
    Witness witness,
    Endpoint endpoint,
    Optional<VerifiedToken> token,
    Function<Throwable, Reply> problem) {

  /** Runs the action. Fails when the witness does. */
  Future<Reply> with(Exchange exchange) {
    if (token.isEmpty()) {
      return endpoint.action().answer(exchange);
    }
    AuditName target;
    try {
      target = endpoint.target().apply(exchange);
    } catch (ProblemException malformed) {
      return malformed(malformed);
    }
    return witness
        .asked(endpoint, token.get(), target)
        .compose(
            asked ->
                Future.succeededFuture(exchange)
                    .compose(endpoint.action()::answer)
                    .recover(failure -> Future.succeededFuture(problem.apply(failure)))
                    .compose(
                        reply ->
                            witness.answered(endpoint, token.get(), target, reply).map(reply)));
  }

  /** Answers a request whose content is no good. Fails when the witness does. */
  Future<Reply> malformed(Throwable failure) {
    var reply = problem.apply(failure);
    return token
        .map(
            good ->
                witness
                    .answered(endpoint, good, new AuditName.Clear(endpoint.path()), reply)
                    .map(reply))
        .orElseGet(() -> Future.succeededFuture(reply));
  }
}
