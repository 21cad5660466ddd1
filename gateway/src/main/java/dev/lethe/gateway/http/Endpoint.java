package dev.lethe.gateway.http;

import dev.lethe.vault.api.AuditName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One route: everything that is checked before its action runs.
 *
 * @param operation its name in the OpenAPI document and in the audit log
 * @param path with parameters as {@code {id}}; also the name of the route in metrics
 * @param scope that the token must have; empty when no token is asked for
 * @param query the parameters that it knows
 * @param target what a request acts on, as the audit log names it
 */
public record Endpoint(
    String operation,
    HttpMethod method,
    String path,
    Optional<String> scope,
    BodyRule body,
    Set<String> query,
    Function<Exchange, AuditName> target,
    Action action) {

  /** Answers a request that passed the checks. May throw {@link ProblemException}. */
  @FunctionalInterface
  public interface Action {
    Future<Reply> answer(Exchange exchange);
  }

  /** A route without a token, a body or query parameters. */
  public static Endpoint open(String operation, HttpMethod method, String path, Action action) {
    return of(operation, method, path, Optional.empty(), action);
  }

  public static Endpoint guarded(
      String operation, HttpMethod method, String path, String scope, Action action) {
    return of(operation, method, path, Optional.of(scope), action);
  }

  private static Endpoint of(
      String operation, HttpMethod method, String path, Optional<String> scope, Action action) {
    return new Endpoint(
        operation,
        method,
        path,
        scope,
        BodyRule.none(),
        Set.of(),
        exchange -> new AuditName.Clear(path),
        action);
  }

  public Endpoint taking(BodyRule rule) {
    return new Endpoint(operation, method, path, scope, rule, query, target, action);
  }

  public Endpoint asking(String... parameters) {
    return new Endpoint(operation, method, path, scope, body, Set.of(parameters), target, action);
  }

  /**
   * @param name of what a request acts on; may throw {@link ProblemException}
   */
  public Endpoint on(Function<Exchange, AuditName> name) {
    return new Endpoint(operation, method, path, scope, body, query, name, action);
  }

  /** Acts on the same thing each time. */
  public Endpoint on(String name) {
    return on(exchange -> new AuditName.Clear(name));
  }
}
