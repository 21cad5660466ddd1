package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.auth.Verdict;
import dev.lethe.gateway.auth.VerifiedToken;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** Token and scope (RFC 6750), with the witness told of what is turned away. */
final class Gate {
  private static final String SCHEME = "Bearer";

  private final TokenVerifier tokens;
  private final Witness witness;

  Gate(TokenVerifier tokens, Witness witness) {
    this.tokens = tokens;
    this.witness = witness;
  }

  /** The token of a guarded route, nothing for an open one, or a failed future with a problem. */
  Future<Optional<VerifiedToken>> admit(Endpoint endpoint, HttpServerRequest request) {
    if (endpoint.scope().isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    String scope = endpoint.scope().get();
    List<String> given = request.headers().getAll("Authorization");
    if (given.isEmpty() || !isBearer(given.get(0))) {
      return refuse(endpoint, Optional.empty(), Problem.tokenMissing());
    }
    if (given.size() > 1) {
      return refuse(endpoint, Optional.empty(), Problem.tokenInvalid());
    }
    return tokens
        .verify(given.get(0).substring(SCHEME.length()).trim())
        .compose(
            verdict -> {
              if (verdict instanceof Verdict.KeysMissing) {
                return refuse(endpoint, Optional.empty(), Problem.unavailable());
              }
              if (!(verdict instanceof Verdict.Accepted accepted)) {
                return refuse(endpoint, Optional.empty(), Problem.tokenInvalid());
              }
              if (!accepted.token().scopes().contains(scope)) {
                return refuse(endpoint, Optional.of(accepted.token()), Problem.scopeMissing(scope));
              }
              return Future.succeededFuture(Optional.of(accepted.token()));
            });
  }

  private static boolean isBearer(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && (header.length() == SCHEME.length() || header.charAt(SCHEME.length()) == ' ');
  }

  private Future<Optional<VerifiedToken>> refuse(
      Endpoint endpoint, Optional<VerifiedToken> token, Problem problem) {
    return witness
        .refused(endpoint, token)
        .compose(recorded -> Future.failedFuture(problem.asException()));
  }
}
