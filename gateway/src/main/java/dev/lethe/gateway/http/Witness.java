package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.vault.api.AuditName;
import io.vertx.core.Future;
import java.util.Optional;

/** Sees every use of a guarded route. A failed future stops the request with 503. */
public interface Witness {
  /** Sees nothing, stops nothing. */
  Witness NONE =
      new Witness() {
        @Override
        public Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> asked(Endpoint endpoint, VerifiedToken token, AuditName target) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> answered(
            Endpoint endpoint, VerifiedToken token, AuditName target, Reply reply) {
          return Future.succeededFuture();
        }
      };

  /**
   * Before a request is turned away for its token or scope.
   *
   * @param token empty when there was no good one
   */
  Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token);

  /** Every check was passed; nothing was done yet. */
  Future<Void> asked(Endpoint endpoint, VerifiedToken token, AuditName target);

  /**
   * The answer is ready and not yet sent; also that of a request whose content was refused, which
   * nobody {@link #asked} about.
   */
  Future<Void> answered(Endpoint endpoint, VerifiedToken token, AuditName target, Reply reply);
}
