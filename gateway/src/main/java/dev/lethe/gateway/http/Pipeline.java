package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.VerifiedToken;
import dev.lethe.gateway.edge.InFlight;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a request on a route, in the order that the interface promises: token, scope, size, media
 * type, syntax, query and schema, then the action.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Gate gate;
  private final Witness witness;
  private final Intake intake;
  private final Sender sender;
  private final RequestMeter meter;
  private final InFlight inFlight;
  private final Clock clock;

  Pipeline(
      Gate gate,
      Witness witness,
      Intake intake,
      Sender sender,
      RequestMeter meter,
      InFlight inFlight,
      Clock clock) {
    this.gate = gate;
    this.witness = witness;
    this.intake = intake;
    this.sender = sender;
    this.meter = meter;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Serves a request whose route is found. */
  void serve(Endpoint endpoint, RoutingContext context) {
    long start = System.nanoTime();
    HttpServerRequest request = context.request();
    String trace = Trace.idOf(request.getHeader("traceparent"));
    request.pause();
    if (!inFlight.enter()) {
      send(
          request,
          endpoint.method().name(),
          endpoint.path(),
          Problem.overloaded().reply(trace),
          start);
      return;
    }
    answer(endpoint, context, trace)
        .compose(reply -> send(request, endpoint.method().name(), endpoint.path(), reply, start))
        .onComplete(done -> inFlight.leave());
  }

  /** Answers a request that has no route. */
  void refuse(RoutingContext context, Problem problem) {
    HttpServerRequest request = context.request();
    request.pause();
    refuse(request, problem);
  }

  /** Answers what has not even a path; completes when the answer is out. */
  Future<Void> refuse(HttpServerRequest request, Problem problem) {
    String trace = Trace.idOf(request.getHeader("traceparent"));
    return send(request, "other", "none", problem.reply(trace), System.nanoTime());
  }

  private Future<Void> send(
      HttpServerRequest request, String method, String route, Reply reply, long start) {
    return sender
        .send(request, reply)
        .andThen(sent -> meter.record(method, route, reply.status(), System.nanoTime() - start));
  }

  private Future<Reply> answer(Endpoint endpoint, RoutingContext context, String trace) {
    return gate.admit(endpoint, context.request())
        .compose(
            token -> {
              var attempt =
                  new Attempt(
                      witness, endpoint, token, failure -> problem(failure, trace).reply(trace));
              return exchange(endpoint, context, token, trace)
                  .transform(
                      arrived ->
                          arrived.succeeded()
                              ? carryOut(attempt, arrived.result())
                              : attempt.malformed(arrived.cause()));
            })
        .recover(failure -> Future.succeededFuture(problem(failure, trace).reply(trace)));
  }

  /** An upload that nobody took is deleted. */
  private Future<Reply> carryOut(Attempt attempt, Exchange exchange) {
    return Future.succeededFuture(exchange)
        .compose(attempt::with)
        .eventually(() -> intake.discard(exchange.content()));
  }

  private Future<Exchange> exchange(
      Endpoint endpoint, RoutingContext context, Optional<VerifiedToken> token, String trace) {
    HttpServerRequest request = context.request();
    Instant arrival = clock.instant();
    return received(endpoint, request)
        .map(
            content ->
                new Exchange(
                    request,
                    context.pathParams(),
                    token,
                    trace,
                    content instanceof Content.Nothing ? arrival : clock.instant(),
                    Query.parse(request.uri(), endpoint.query()),
                    content));
  }

  private Future<Content> received(Endpoint endpoint, HttpServerRequest request) {
    if (endpoint.body() instanceof BodyRule.Upload) {
      // A bad query is not worth an upload.
      try {
        Query.parse(request.uri(), endpoint.query());
      } catch (ProblemException malformed) {
        return Future.failedFuture(malformed);
      }
    }
    return intake.take(endpoint.body(), request);
  }

  private static Problem problem(Throwable failure, String trace) {
    if (failure instanceof ProblemException expected) {
      return expected.problem();
    }
    StackTraceElement[] frames = failure.getStackTrace();
    // Not the message: it may quote what came in.
    LOG.error(
        "trace {}: {} at {}",
        trace,
        failure.getClass().getName(),
        frames.length == 0 ? "?" : frames[0]);
    return Problem.internal();
  }
}
