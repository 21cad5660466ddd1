package dev.lethe.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One flat router over an endpoint table: no such path is 404, no such method there 405. */
final class EndpointRouter {
  private EndpointRouter() {}

  static Router of(Vertx vertx, List<Endpoint> endpoints, Pipeline pipeline) {
    Map<String, Map<HttpMethod, Endpoint>> byPath = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      var methods = byPath.computeIfAbsent(endpoint.path(), path -> new LinkedHashMap<>());
      if (methods.put(endpoint.method(), endpoint) != null) {
        throw new IllegalArgumentException("two endpoints for " + endpoint.path());
      }
    }
    Router router = Router.router(vertx);
    byPath.forEach(
        (path, methods) ->
            router
                .route(path.replaceAll("\\{(\\w+)}", ":$1"))
                .handler(context -> dispatch(context, methods, pipeline)));
    for (int status : new int[] {404, 405}) {
      router.errorHandler(status, context -> pipeline.refuse(context, Problem.notFound()));
    }
    router.errorHandler(
        400,
        context ->
            pipeline.refuse(
                context,
                context.request().authority() == null
                    ? Problem.syntax("The request does not name a host.")
                    : Problem.notFound()));
    router.errorHandler(500, context -> pipeline.refuse(context, Problem.internal()));
    return router;
  }

  /**
   * A path with empty or dot segments loses some of its slashes when it is normalised. It is not
   * found: a guard in front of us may have judged another path than the one it would lead to.
   */
  private static int slashes(String path) {
    int count = 0;
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      count++;
    }
    return count;
  }

  private static void dispatch(
      RoutingContext context, Map<HttpMethod, Endpoint> methods, Pipeline pipeline) {
    String path = context.normalizedPath();
    if ((path.length() > 1 && path.endsWith("/"))
        || slashes(path) != slashes(context.request().path())) {
      pipeline.refuse(context, Problem.notFound());
      return;
    }
    Endpoint endpoint = methods.get(context.request().method());
    if (endpoint == null) {
      String allow =
          methods.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", "));
      pipeline.refuse(context, Problem.methodNotAllowed(allow));
      return;
    }
    pipeline.serve(endpoint, context);
  }
}
