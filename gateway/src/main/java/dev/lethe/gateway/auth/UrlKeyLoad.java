package dev.lethe.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fetches a JWK set by HTTPS, bounded in time and size, following no redirection. */
final class UrlKeyLoad implements KeyLoad {
  private static final int MAX_BYTES = 256 * 1024;
  private static final int TIMEOUT_MS = 5_000;

  private final HttpClient client;
  private final KeySource.AtUrl source;

  UrlKeyLoad(Vertx vertx, KeySource.AtUrl source) {
    this.source = source;
    var options = new HttpClientOptions().setSsl(true).setVerifyHost(true).setConnectTimeout(3_000);
    source
        .trustedCa()
        .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca)));
    this.client = vertx.createHttpClient(options);
  }

  @Override
  public Future<Optional<String>> load() {
    var options =
        new RequestOptions()
            .setAbsoluteURI(source.uri().toString())
            .setMethod(HttpMethod.GET)
            .setTimeout(TIMEOUT_MS)
            .putHeader("Accept", "application/jwk-set+json, application/json");
    return client
        .request(options)
        .compose(request -> request.send().compose(UrlKeyLoad::text))
        .map(Optional::of);
  }

  private static Future<String> text(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      response.request().reset();
      return Future.failedFuture(new IOException("no key set at that address"));
    }
    var whole = Buffer.buffer();
    Promise<String> promise = Promise.promise();
    response.handler(
        part -> {
          if (whole.length() + part.length() > MAX_BYTES) {
            response.request().reset();
            promise.tryFail(new IOException("key set is too large"));
          } else {
            whole.appendBuffer(part);
          }
        });
    response.exceptionHandler(promise::tryFail);
    response.endHandler(end -> promise.tryComplete(whole.toString(StandardCharsets.UTF_8)));
    return promise.future();
  }
}
