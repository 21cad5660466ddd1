package dev.lethe.bench.load;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Calls one server over HTTP/1.1 and TLS on a fixed number of connections, one request at a time on
 * each; a call waits until one is free. Thread-safe.
 */
public final class HttpsCaller implements AutoCloseable {
  private static final int SUCCESS = 2;
  private static final int CLASS = 100;
  private static final long PATIENCE_S = 30;

  private final HttpClientAgent client;
  private final URI server;
  private final HttpConnectOptions address;
  private final Queue<Line> free = new ArrayDeque<>();
  private final Queue<Promise<Line>> waiting = new ArrayDeque<>();

  private record Answer(int status, Buffer body) {}

  /**
   * A connection, to be used on its own event loop only: elsewhere a body may come unheard.
   *
   * @param closed whether it is of no more use; servers close what is idle
   */
  private record Line(Context loop, HttpClientConnection connection, AtomicBoolean closed) {}

  /**
   * Connects. Blocks.
   *
   * @param certificate the only one that is trusted, PEM
   */
  public HttpsCaller(Vertx vertx, URI server, Path certificate, int connections) {
    var options =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString()));
    if (OpenSSLEngineOptions.isAvailable()) {
      options.setSslEngineOptions(new OpenSSLEngineOptions());
    }
    this.client = vertx.createHttpClient(options);
    this.server = server;
    this.address = new HttpConnectOptions().setHost(server.getHost()).setPort(server.getPort());
    var lines =
        IntStream.range(0, connections)
            .mapToObj(n -> line(((VertxInternal) vertx).createEventLoopContext()))
            .toList();
    Waiting.until(Future.all(lines));
    lines.forEach(line -> free.add(line.result()));
  }

  private Future<Line> line(Context loop) {
    Promise<Line> line = Promise.promise();
    loop.runOnContext(
        turn ->
            client
                .connect(address)
                .map(
                    connection -> {
                      var closed = new AtomicBoolean();
                      connection.closeHandler(end -> closed.set(true));
                      return new Line(loop, connection, closed);
                    })
                .onComplete(line));
    return line.future();
  }

  /** The same, or another one in its place. */
  private Future<Line> open(Line line) {
    return line.closed().get()
        ? line(line.loop()).onFailure(failure -> giveBack(line))
        : Future.succeededFuture(line);
  }

  private synchronized Future<Line> take() {
    var line = free.poll();
    if (line != null) {
      return Future.succeededFuture(line);
    }
    Promise<Line> turn = Promise.promise();
    waiting.add(turn);
    return turn.future();
  }

  private void giveBack(Line line) {
    Promise<Line> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free.add(line);
        return;
      }
    }
    next.complete(line);
  }

  /** Nobody knows what is still to come on a connection that a call failed on. */
  private void discard(Line line) {
    line.closed().set(true);
    line.connection().close();
    giveBack(line);
  }

  /** The status of the answer, whatever it is. */
  public Future<Integer> status(String path, String token) {
    return answer(HttpMethod.GET, path, token, Map.of(), Buffer.buffer()).map(Answer::status);
  }

  /** The body of a success; fails with any other status. */
  public Future<Buffer> get(String path, String token) {
    return send(HttpMethod.GET, path, token, Map.of(), Buffer.buffer());
  }

  /** The body of a success (2xx); fails with any other status, and when none comes. */
  public Future<Buffer> send(
      HttpMethod method, String path, String token, Map<String, String> headers, Buffer body) {
    return answer(method, path, token, headers, body)
        .compose(
            answer ->
                answer.status() / CLASS == SUCCESS
                    ? Future.succeededFuture(answer.body())
                    : Future.failedFuture(
                        new BenchException(
                            method + " " + path + " at " + server + " answers " + answer.body())));
  }

  private Future<Answer> answer(
      HttpMethod method, String path, String token, Map<String, String> headers, Buffer body) {
    var options =
        new RequestOptions()
            .setMethod(method)
            .setURI(path)
            .putHeader("Authorization", "Bearer " + token);
    headers.forEach(options::putHeader);
    return take()
        .compose(this::open)
        .compose(
            line ->
                on(line, options, body)
                    .onSuccess(answer -> giveBack(line))
                    .onFailure(failure -> discard(line)));
  }

  private static Future<Answer> on(Line line, RequestOptions options, Buffer body) {
    Promise<Answer> answer = Promise.promise();
    line.loop().runOnContext(turn -> on(line.connection(), options, body).onComplete(answer));
    return answer.future();
  }

  private static Future<Answer> on(
      HttpClientConnection connection, RequestOptions options, Buffer body) {
    return connection
        .request(options)
        .compose(request -> body.length() == 0 ? request.send() : request.send(body))
        .compose(
            response -> response.body().map(answer -> new Answer(response.statusCode(), answer)))
        .timeout(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    Waiting.until(client.close());
  }
}
