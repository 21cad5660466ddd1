package dev.lethe.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/**
 * One route: everything that is checked before its action runs.
 *
 * @param operation its name in the OpenAPI document and in the audit log
 * @param path with parameters as {@code {id}}; also the name of the route in metrics
 * @param scope that the token must have; empty when no token is asked for
 * @param query the parameters that it knows
 */
public record Endpoint(
    String operation,
    HttpMethod method,
    String path,
    Optional<String> scope,
    BodyRule body,
    Set<String> query,
    Action action) {

  /** Answers a request that passed the checks. May throw {@link ProblemException}. */
  @FunctionalInterface
  public interface Action {
    Future<Reply> answer(Exchange exchange);
  }

  /** A route without a token, a body or query parameters. */
  public static Endpoint open(String operation, HttpMethod method, String path, Action action) {
    return new Endpoint(
        operation, method, path, Optional.empty(), BodyRule.none(), Set.of(), action);
  }

  public static Endpoint guarded(
      String operation, HttpMethod method, String path, String scope, Action action) {
    return new Endpoint(
        operation, method, path, Optional.of(scope), BodyRule.none(), Set.of(), action);
  }

  public Endpoint taking(BodyRule rule) {
    return new Endpoint(operation, method, path, scope, rule, query, action);
  }

  public Endpoint asking(String... parameters) {
    return new Endpoint(operation, method, path, scope, body, Set.of(parameters), action);
  }
}
