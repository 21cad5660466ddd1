package dev.lethe.bench.load;

import dev.lethe.bench.BenchException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls one server over HTTP/1.1 and TLS on connections that are kept. */
public final class HttpsCaller implements AutoCloseable {
  private static final int OK = 200;
  private static final long PATIENCE_S = 30;

  /** Beyond the connections: an open loop sends on whatever became of those before. */
  private static final int MOST_WAITING = 100_000;

  private final HttpClient client;
  private final URI server;

  /**
   * @param certificate the only one that is trusted, PEM
   * @param connections at most
   */
  public HttpsCaller(Vertx vertx, URI server, Path certificate, int connections) {
    this.server = server;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setSsl(true)
                    .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString())))
            .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(MOST_WAITING))
            .build();
  }

  /** The body of a 200; fails with any other status. */
  public Future<Buffer> get(String path, String token) {
    return send(HttpMethod.GET, path, token, Map.of(), Buffer.buffer());
  }

  /** The body of a 200; fails with any other status. */
  public Future<Buffer> send(
      HttpMethod method, String path, String token, Map<String, String> headers, Buffer body) {
    var options =
        new RequestOptions()
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setMethod(method)
            .setURI(path)
            .putHeader("Authorization", "Bearer " + token);
    headers.forEach(options::putHeader);
    return client
        .request(options)
        .compose(request -> body.length() == 0 ? request.send() : request.send(body))
        .compose(
            response ->
                response
                    .body()
                    .compose(
                        answer ->
                            response.statusCode() == OK
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(
                                    new BenchException(
                                        method + " " + path + " answers " + answer))))
        .timeout(PATIENCE_S, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    client.close().toCompletionStage().toCompletableFuture().join();
  }
}
