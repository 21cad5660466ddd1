package dev.lethe.gateway.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeReceiver;
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
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Push-based delivery of Security Event Tokens (RFC 8935) over TLS that is always verified. 202 is
 * an acknowledgement, 400 with an error code a refusal for good; everything else is tried again. No
 * redirection is followed.
 */
public final class PushDelivery implements NoticeDelivery {
  private static final int CONNECT_TIMEOUT_MS = 3_000;
  private static final int TIMEOUT_MS = 10_000;

  /** A receiver that answers at length wants to fill the memory. */
  private static final int MOST_BYTES = 16 * 1024;

  private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /** RFC 8935, section 2.4: whatever else a receiver says may name somebody. */
  private static final Set<String> ERRORS =
      Set.of(
          "invalid_request",
          "invalid_key",
          "invalid_issuer",
          "invalid_audience",
          "authentication_failed",
          "access_denied");

  private static final Pattern BEARER = Pattern.compile("[\\x21-\\x7e]{1,4096}");
  private static final JsonMapper JSON = new JsonMapper();

  private final Vertx vertx;
  private final List<NoticeReceiver> receivers;
  private final Map<String, Target> targets = new HashMap<>();

  private record Target(PushReceiver receiver, HttpClient client) {}

  /**
   * @param receivers as the vault is to know them
   * @param addresses of those that are not retired
   */
  public PushDelivery(Vertx vertx, List<NoticeReceiver> receivers, List<PushReceiver> addresses) {
    this.vertx = vertx;
    this.receivers = List.copyOf(receivers);
    addresses.forEach(
        receiver -> targets.put(receiver.name(), new Target(receiver, client(vertx, receiver))));
  }

  private static HttpClient client(Vertx vertx, PushReceiver receiver) {
    var options =
        new HttpClientOptions()
            .setSsl(true)
            .setVerifyHost(true)
            .setConnectTimeout(CONNECT_TIMEOUT_MS);
    receiver
        .ca()
        .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString())));
    return vertx.createHttpClient(options);
  }

  @Override
  public List<NoticeReceiver> receivers() {
    return receivers;
  }

  @Override
  public Future<Answer> deliver(String receiver, String token) {
    var target = targets.get(receiver);
    return target == null
        ? Future.succeededFuture(new Answer.Again("no address is configured"))
        : bearer(target.receiver().tokenFile())
            .compose(bearer -> push(target, token, bearer))
            .recover(PushDelivery::again);
  }

  /** What an exception of the network says may name addresses; its kind is enough for a log. */
  private static Future<Answer> again(Throwable failure) {
    var why =
        failure instanceof UnusableTokenException
            ? String.valueOf(failure.getMessage())
            : failure.getClass().getSimpleName();
    return Future.succeededFuture(new Answer.Again(why));
  }

  private Future<Optional<String>> bearer(Optional<Path> file) {
    return file.map(
            path ->
                vertx
                    .fileSystem()
                    .readFile(path.toString())
                    .map(PushDelivery::bearer)
                    .recover(
                        failure ->
                            Future.failedFuture(
                                failure instanceof UnusableTokenException
                                    ? failure
                                    : new UnusableTokenException("cannot be read"))))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private static Optional<String> bearer(Buffer text) {
    var token = text.toString(StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    if (!BEARER.matcher(token).matches()) {
      throw new UnusableTokenException("holds none");
    }
    return Optional.of(token);
  }

  private static Future<Answer> push(Target target, String token, Optional<String> bearer) {
    var options =
        new RequestOptions()
            .setAbsoluteURI(target.receiver().url().toString())
            .setMethod(HttpMethod.POST)
            .setTimeout(TIMEOUT_MS)
            .putHeader("Content-Type", "application/secevent+jwt")
            .putHeader("Accept", "application/json");
    bearer.ifPresent(text -> options.putHeader("Authorization", "Bearer " + text));
    return target
        .client()
        .request(options)
        .compose(request -> request.send(token).compose(PushDelivery::answer));
  }

  private static Future<Answer> answer(HttpClientResponse response) {
    if (response.statusCode() == 202) {
      return body(response)
          .<Answer>map(new Answer.Acknowledged())
          .otherwise(new Answer.Acknowledged());
    }
    var again = new Answer.Again("it answers " + response.statusCode());
    return response.statusCode() == 400
        ? body(response).map(text -> refusal(text).orElse(again))
        : body(response).<Answer>map(again).otherwise(again);
  }

  private static Optional<Answer> refusal(String body) {
    try {
      var error = JSON.readTree(body).path("err");
      return error.isTextual() && ERROR.matcher(error.asText()).matches()
          ? Optional.of(
              new Answer.Refused(ERRORS.contains(error.asText()) ? error.asText() : "other"))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Future<String> body(HttpClientResponse response) {
    var whole = Buffer.buffer();
    Promise<String> promise = Promise.promise();
    response.handler(
        part -> {
          if (whole.length() + part.length() > MOST_BYTES) {
            response.request().reset();
            promise.tryFail(new IOException("the answer is too long"));
          } else {
            whole.appendBuffer(part);
          }
        });
    response.exceptionHandler(promise::tryFail);
    response.endHandler(end -> promise.tryComplete(whole.toString(StandardCharsets.UTF_8)));
    return promise.future();
  }

  private static final class UnusableTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableTokenException(String what) {
      super("its token file " + what, null, false, false);
    }
  }
}
