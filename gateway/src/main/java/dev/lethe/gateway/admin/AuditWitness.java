package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Problem;
import dev.lethe.gateway.http.Witness;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who does or tries what before it has an effect; what cannot be written down does not
 * happen. An act gets a second entry with what became of it.
 */
final class AuditWitness implements Witness {
  private static final Logger LOG = LoggerFactory.getLogger(AuditWitness.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final VaultClient vault;
  private final TokenVerifier tokens;
  private final Clock clock;

  AuditWitness(VaultClient vault, TokenVerifier tokens, Clock clock) {
    this.vault = vault;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token) {
    return write(endpoint, token.map(this::actor).orElse("anonymous"), "refused");
  }

  @Override
  public Future<Void> admitted(Endpoint endpoint, VerifiedToken token) {
    return write(endpoint, actor(token), "admitted");
  }

  @Override
  public Future<Void> answered(Endpoint endpoint, VerifiedToken token, int status) {
    if (endpoint.method().equals(HttpMethod.GET)) {
      return Future.succeededFuture();
    }
    return write(endpoint, actor(token), status < 300 ? "done" : "failed " + status)
        .onFailure(lost -> LOG.warn("the outcome of {} is not on record", endpoint.operation()));
  }

  /** The administrator in clear, with the issuer when there is more than one. */
  private String actor(VerifiedToken token) {
    return Administrator.name(tokens, token);
  }

  private Future<Void> write(Endpoint endpoint, String actor, String outcome) {
    var entry =
        new VaultRequest.Audit(
            actor, endpoint.operation(), endpoint.path(), outcome, clock.instant().plus(PATIENCE));
    return vault
        .<Long>ask(entry)
        .compose(
            became ->
                became instanceof Outcome.Done<Long>
                    ? Future.succeededFuture()
                    : Future.failedFuture(Problem.unavailable().asException()));
  }
}
