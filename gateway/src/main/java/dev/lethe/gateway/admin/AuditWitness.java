package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Problem;
import dev.lethe.gateway.http.Reply;
import dev.lethe.gateway.http.Witness;
import dev.lethe.vault.api.AuditName;
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
 * Writes down who does or tries what.
 *
 * <p>Kept true: a reading has one entry, which is durable before anything is shown. An act that
 * changes something has two: that it was asked for, durable before it begins, and what became of
 * it; so after a crash between them the log says that it may have happened, and never that it did
 * not. What cannot be written down does not happen.
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

  /** Nothing of a refused token is written: who has a good one may be a viewer. */
  @Override
  public Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token) {
    AuditName actor =
        token
            .<AuditName>map(good -> new AuditName.Viewer(good.subject()))
            .orElseGet(() -> new AuditName.Clear("anonymous"));
    return write(actor, endpoint, new AuditName.Clear(endpoint.path()), "refused");
  }

  @Override
  public Future<Void> asked(Endpoint endpoint, VerifiedToken token, AuditName target) {
    return reads(endpoint)
        ? Future.succeededFuture()
        : write(administrator(token), endpoint, target, "asked");
  }

  @Override
  public Future<Void> answered(
      Endpoint endpoint, VerifiedToken token, AuditName target, Reply reply) {
    var written =
        write(
            administrator(token),
            endpoint,
            made(reply).orElse(target),
            outcome(endpoint, reply.status()));
    return reads(endpoint)
        ? written
        : written.recover(
            lost -> {
              LOG.warn("what became of {} is not on record", endpoint.operation());
              return Future.succeededFuture();
            });
  }

  private static boolean reads(Endpoint endpoint) {
    return endpoint.method().equals(HttpMethod.GET);
  }

  /** What a request has made is named by where it is found. */
  private static Optional<AuditName> made(Reply reply) {
    return Optional.ofNullable(reply.headers().get("Location"))
        .map(place -> new AuditName.Clear(place.substring(place.lastIndexOf('/') + 1)));
  }

  private static String outcome(Endpoint endpoint, int status) {
    if (status < 300) {
      return "done";
    }
    boolean mayHaveHappened = status >= 500 && !reads(endpoint);
    return (mayHaveHappened ? "unknown " : "failed ") + status;
  }

  private AuditName administrator(VerifiedToken token) {
    return new AuditName.Clear(Administrator.name(tokens, token));
  }

  private Future<Void> write(AuditName actor, Endpoint endpoint, AuditName target, String outcome) {
    var entry =
        new VaultRequest.Audit(
            actor, endpoint.operation(), target, outcome, clock.instant().plus(PATIENCE));
    return vault
        .<Long>ask(entry)
        .compose(
            became ->
                became instanceof Outcome.Done<Long>
                    ? Future.succeededFuture()
                    : Future.failedFuture(Problem.unavailable().asException()));
  }
}
