package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open connection. Replies come in the order of the commands, so the oldest command in flight
 * is the first to run late: one timer watches it, and when it is late the connection is closed,
 * because no later reply could be told from its own. Confined to one event loop.
 *
 * <p>Each connection has a client of its own: closing a connection of the client's pool only hands
 * it back, with its replies still to come, whereas closing the client closes the socket.
 */
final class Wire implements Commands {
  /** More commands than this in flight mean that Redis does not keep up: shed, do not queue. */
  static final int MOST_IN_FLIGHT = 8_192;

  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Error codes of a server that cannot serve now. */
  private static final Set<String> UNABLE =
      Set.of("OOM", "MISCONF", "BUSY", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN");

  /** Error codes of a server that another connection may replace. */
  private static final Set<String> WRONG_SERVER = Set.of("LOADING", "READONLY", "MASTERDOWN");

  private static final class InFlight {
    final Promise<Response> promise = Promise.promise();
    final long lateAt;
    boolean settled;

    InFlight(long lateAt) {
      this.lateAt = lateAt;
    }
  }

  /** Reads that wait for the end of what sends them, to go out in one write. */
  private record Together(List<Request> requests, List<InFlight> flights) {}

  private final Vertx vertx;
  private final Redis client;
  private final RedisConnection connection;
  private final long deadlineNanos;
  private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();
  private final Promise<RedisUnavailableException> closed = Promise.promise();
  private @Nullable RedisUnavailableException end;
  private @Nullable InFlight suspect;
  private @Nullable Together together;
  private boolean watching;

  private Wire(Vertx vertx, Redis client, RedisConnection connection, Duration deadline) {
    this.vertx = vertx;
    this.client = client;
    this.connection = connection;
    this.deadlineNanos = deadline.toNanos();
    connection.endHandler(
        ignored -> close(new RedisUnavailableException("Redis closed the connection")));
    connection.exceptionHandler(
        failure -> close(RedisUnavailableException.of("the connection to Redis failed", failure)));
  }

  /**
   * Connects on the event loop of the current context.
   *
   * @param deadline for connecting, and later for each command
   */
  static Future<Wire> open(Vertx vertx, String uri, Duration deadline) {
    Redis client;
    try {
      client = Redis.createClient(vertx, options(uri, deadline));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(RedisUnavailableException.of("the Redis URI is wrong", e));
    }
    return client
        .connect()
        .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .map(connection -> new Wire(vertx, client, connection, deadline))
        .recover(
            failure -> {
              client.close();
              return Future.failedFuture(
                  RedisUnavailableException.of(
                      "Redis does not accept a connection, check that it runs where the URI says",
                      failure));
            });
  }

  private static RedisOptions options(String uri, Duration deadline) {
    // RESP2: a push of RESP3 amid pipelined commands can shift replies to the wrong caller. It is
    // negotiated, because without HELLO the client names its user only to a server that insists.
    return new RedisOptions()
        .setConnectionString(uri)
        .setProtocolNegotiation(true)
        .setPreferredProtocolVersion(ProtocolVersion.RESP2)
        .setMaxPoolSize(1)
        .setMaxPoolWaiting(1)
        .setPoolCleanerInterval(-1)
        .setMaxWaitingHandlers(MOST_IN_FLIGHT + 1)
        .setNetClientOptions(
            new NetClientOptions()
                .setConnectTimeout(Math.toIntExact(deadline.toMillis()))
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true));
  }

  @Override
  public Future<Response> send(Request request) {
    if (end != null) {
      return Future.failedFuture(end);
    }
    if (inFlight.size() >= MOST_IN_FLIGHT) {
      return Future.failedFuture(
          new RedisUnavailableException("Redis does not keep up: too many commands in flight"));
    }
    var flight = new InFlight(System.nanoTime() + deadlineNanos);
    inFlight.add(flight);
    watch(deadlineNanos);
    if (together != null && request.command().equals(Command.HMGET)) {
      together.requests.add(request);
      together.flights.add(flight);
    } else {
      connection.send(request).onComplete((reply, failure) -> settle(flight, reply, failure));
    }
    return flight.promise.future();
  }

  @Override
  public <T> T together(Supplier<T> sending) {
    if (together != null) {
      return sending.get();
    }
    var gathered = new Together(new ArrayList<>(), new ArrayList<>());
    together = gathered;
    try {
      return sending.get();
    } finally {
      together = null;
      sendAll(gathered);
    }
  }

  private void sendAll(Together gathered) {
    if (gathered.requests.isEmpty()) {
      return;
    }
    connection
        .batch(gathered.requests)
        .onComplete(
            (replies, failure) -> {
              for (int i = 0; i < gathered.flights.size(); i++) {
                settle(gathered.flights.get(i), failure == null ? replies.get(i) : null, failure);
              }
            });
  }

  private void settle(InFlight flight, @Nullable Response reply, @Nullable Throwable failure) {
    flight.settled = true;
    for (var head = inFlight.peek(); head != null && head.settled; head = inFlight.peek()) {
      inFlight.remove();
    }
    if (failure == null) {
      flight.promise.tryComplete(reply);
      return;
    }
    var typed = typed(failure);
    flight.promise.tryFail(typed);
    if (failure instanceof ErrorType error
        && WRONG_SERVER.contains(RedisReplyException.code(error.toString()))) {
      close(RedisUnavailableException.of("Redis cannot serve", typed));
    }
  }

  private static RuntimeException typed(Throwable failure) {
    if (!(failure instanceof ErrorType error) || error.is("CONNECTION_CLOSED")) {
      return RedisUnavailableException.of("the connection to Redis failed", failure);
    }
    var code = RedisReplyException.code(error.toString());
    return UNABLE.contains(code) || WRONG_SERVER.contains(code)
        ? new RedisUnavailableException("Redis cannot serve: " + code)
        : new RedisReplyException(error.toString());
  }

  private void watch(long nanos) {
    if (!watching) {
      watching = true;
      vertx.setTimer(
          Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1), ignored -> lookForLate());
    }
  }

  private void lookForLate() {
    watching = false;
    var oldest = inFlight.peek();
    if (oldest == null || end != null) {
      return;
    }
    var left = oldest.lateAt - System.nanoTime();
    if (left > 0) {
      watch(left);
    } else if (oldest != suspect) {
      // Perhaps this event loop stalled and the reply waits in the socket: read it first.
      suspect = oldest;
      watch(GRACE_NANOS);
    } else {
      close(
          new RedisUnavailableException(
              "Redis did not answer within " + deadlineNanos / 1_000_000 + " ms"));
    }
  }

  /** Completes, never fails, with the reason once the connection is closed. */
  Future<RedisUnavailableException> closed() {
    return closed.future();
  }

  /** Closes the socket; everything in flight fails with the reason. */
  void close(RedisUnavailableException reason) {
    if (end != null) {
      return;
    }
    end = reason;
    client.close();
    for (var flight = inFlight.poll(); flight != null; flight = inFlight.poll()) {
      flight.promise.tryFail(reason);
    }
    closed.complete(reason);
  }
}
