package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.VerifiedToken;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Sees every use of a guarded route before it has an effect. A failed future stops the request with
 * 503.
 */
public interface Witness {
  /** Sees nothing, stops nothing. */
  Witness NONE =
      new Witness() {
        @Override
        public Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> admitted(Endpoint endpoint, VerifiedToken token) {
          return Future.succeededFuture();
        }

        @Override
        public Future<Void> answered(Endpoint endpoint, VerifiedToken token, int status) {
          return Future.succeededFuture();
        }
      };

  /**
   * Before 401 or 403 is answered.
   *
   * @param token empty when there was no good one
   */
  Future<Void> refused(Endpoint endpoint, Optional<VerifiedToken> token);

  /** Token and scope are good; nothing was done yet. */
  Future<Void> admitted(Endpoint endpoint, VerifiedToken token);

  /** The action has run and its answer is about to go out. */
  Future<Void> answered(Endpoint endpoint, VerifiedToken token, int status);
}
