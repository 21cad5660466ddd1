package dev.lethe.gateway.notice;

import static dev.lethe.gateway.http.TestGateway.await;
import static dev.lethe.gateway.notice.TlsReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.NoticeDelivery.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushing over a real TLS socket. */
class PushDeliveryTest {
  private static final String TOKEN = "aaa.bbb.ccc";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private TlsReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    receiver = new TlsReceiver(vertx);
  }

  @AfterEach
  void stop() throws Exception {
    receiver.close();
    await(vertx.close());
  }

  private Answer push() throws Exception {
    return push(receiver.delivery(trusted(), Optional.of(receiver.ca()), Optional.empty()));
  }

  private static Answer push(PushDelivery delivery) throws Exception {
    return await(delivery.deliver(TlsReceiver.NAME, TOKEN));
  }

  private URI trusted() {
    return receiver.url("localhost");
  }

  @Test
  void tokenIsPostedAsTheStandardSaysAndAcceptedWith202() throws Exception {
    assertThat(push()).isEqualTo(new Answer.Acknowledged());

    assertThat(receiver.pushed).hasSize(1);
    var pushed = receiver.pushed.element();
    assertThat(pushed.method()).isEqualTo("POST");
    assertThat(pushed.path()).isEqualTo("/events");
    assertThat(pushed.headers().get("Content-Type")).isEqualTo("application/secevent+jwt");
    assertThat(pushed.headers().get("Accept")).isEqualTo("application/json");
    assertThat(pushed.headers().contains("Authorization")).isFalse();
    assertThat(pushed.body()).isEqualTo(TOKEN);
  }

  @Test
  void badRequestWithAnErrorIsARefusalForGood() throws Exception {
    receiver.answers(status(400, "{\"err\":\"invalid_audience\",\"description\":\"no\"}"));
    assertThat(push()).isEqualTo(new Answer.Refused("invalid_audience"));
  }

  @Test
  void receiverHasNoWordsOfItsOwnInLogAndLedger() throws Exception {
    receiver.answers(status(400, "{\"err\":\"unknown_user_ada\"}"));
    assertThat(push()).isEqualTo(new Answer.Refused("other"));
  }

  @ParameterizedTest
  @CsvSource({"200,''", "204,''", "307,''", "401,'{}'", "404,''", "429,''", "500,oops", "503,''"})
  void everythingElseIsTriedAgain(int code, String body) throws Exception {
    receiver.answers(
        request ->
            request
                .response()
                .putHeader("Location", receiver.url("localhost") + "/elsewhere")
                .setStatusCode(code)
                .end(body));
    assertThat(push()).isEqualTo(new Answer.Again("it answers " + code));
    assertThat(receiver.pushed).as("no redirection is followed").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "{\"err\":7}x", "{\"err\":\"a b\"}"})
  void badRequestWithoutAnErrorCodeIsTriedAgain(String body) throws Exception {
    receiver.answers(status(400, body));
    assertThat(push()).isEqualTo(new Answer.Again("it answers 400"));
  }

  @Test
  void answerWithoutAnEndIsNotSwallowed() throws Exception {
    receiver.answers(status(400, "{\"err\":\"" + "x".repeat(100_000) + "\"}"));
    assertThat(push()).isInstanceOf(Answer.Again.class);
  }

  @Test
  void certificateIsAlwaysVerified() throws Exception {
    var stranger = SelfSignedCertificate.create("localhost");
    var other = Optional.of(Path.of(stranger.certificatePath()));

    assertThat(push(receiver.delivery(trusted(), other, Optional.empty())))
        .isInstanceOf(Answer.Again.class);
    assertThat(push(receiver.delivery(trusted(), Optional.empty(), Optional.empty())))
        .as("not among the authorities of Java")
        .isInstanceOf(Answer.Again.class);
    assertThat(
            push(
                receiver.delivery(
                    receiver.url("127.0.0.1"), Optional.of(receiver.ca()), Optional.empty())))
        .as("a certificate of another name")
        .isInstanceOf(Answer.Again.class);
    assertThat(receiver.pushed).isEmpty();
    stranger.delete();
  }

  @Test
  void bearerTokenIsReadForEachTry() throws Exception {
    var file = Files.writeString(folder.resolve("token"), "first\nnot this\n");
    var delivery = receiver.delivery(trusted(), Optional.of(receiver.ca()), Optional.of(file));
    push(delivery);
    Files.writeString(file, "second");
    push(delivery);
    Files.writeString(file, "two words");
    assertThat(push(delivery)).isEqualTo(new Answer.Again("its token file holds none"));

    assertThat(receiver.pushed)
        .extracting(pushed -> pushed.headers().get("Authorization"))
        .containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void whyItFailedNamesNoAddress() throws Exception {
    receiver.down();
    var answer = push();
    assertThat(answer).isInstanceOf(Answer.Again.class);
    assertThat(((Answer.Again) answer).why()).doesNotContain("localhost").doesNotContain("127");
    receiver.up();
  }
}
