package dev.lethe.gateway.notice;

import static dev.lethe.gateway.http.TestGateway.await;
import static dev.lethe.gateway.notice.TlsReceiver.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lethe.vault.RunningVault;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Erasures and withdrawals in a whole vault, told to a receiver over real TLS. */
@Timeout(120)
class NoticeStoryTest {
  private static final String TYPES = "https://lethe.dev/secevent/";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private TlsReceiver receiver;
  private RunningVault vault;

  @BeforeEach
  void start() throws Exception {
    receiver = new TlsReceiver(vertx);
    vault = new RunningVault(folder);
    vault.tell(
        receiver.delivery(receiver.url("localhost"), Optional.of(receiver.ca()), Optional.empty()));
    vault.restart();
  }

  @AfterEach
  void stop() throws Exception {
    vault.close();
    receiver.close();
    await(vertx.close());
  }

  private void store(String name) {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            vault.caller(name),
            new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty()),
            OptionalLong.empty()));
  }

  private Erasure erase(String name) {
    return vault.done(new VaultRequest.Erase(vault.caller(name), "tester"));
  }

  private void consent(String name, Field... fields) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            vault.caller(name), Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  private void until(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      RunningVault.await(vertx.timer(10, TimeUnit.MILLISECONDS));
    }
  }

  private List<NoticeState.State> states(String erasureId) {
    return vault
        .<Erasure>done(new VaultRequest.ReadErasure(erasureId, vault.deadline()))
        .notices()
        .stream()
        .map(NoticeState::state)
        .toList();
  }

  private Map<String, Object> verified(String token) throws Exception {
    var jwt = SignedJWT.parse(token);
    var keys = JWKSet.parse(vault.<String>done(new VaultRequest.ReadReceiptKeys(vault.deadline())));
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID()).toECKey();
    assertThat(jwt.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(jwt.getHeader().getType().toString()).isEqualTo("secevent+jwt");
    return jwt.getPayload().toJSONObject();
  }

  @Test
  void erasureIsToldWithASignedTokenAndShownWithIt() throws Exception {
    store("ada");
    var erasure = erase("ada");

    until(() -> states(erasure.erasureId()).equals(List.of(NoticeState.State.ACKNOWLEDGED)));

    assertThat(receiver.pushed).hasSize(1);
    var claims = verified(receiver.pushed.element().body());
    assertThat(claims)
        .containsEntry("iss", "lethe")
        .containsEntry("aud", "https://crm.example")
        .containsEntry("txn", erasure.erasureId())
        .containsEntry(
            "sub_id", Map.of("format", "iss_sub", "iss", "https://issuer.example", "sub", "ada"))
        .containsEntry("events", Map.of(TYPES + "erased", Map.of("erasureId", erasure.erasureId())))
        .containsKeys("jti", "iat", "toe")
        .doesNotContainKeys("sub", "exp");
    vault.restart();
    assertThat(states(erasure.erasureId())).containsExactly(NoticeState.State.ACKNOWLEDGED);
  }

  @Test
  void withdrawalNamesThePurposeAndTheFieldsThatWereTakenBack() throws Exception {
    consent("ada", Field.HISTORY, Field.SEARCHES, Field.PREFERENCES);
    assertThat(receiver.pushed).as("consenting is nothing to be told").isEmpty();

    consent("ada", Field.PREFERENCES);

    until(() -> !receiver.pushed.isEmpty());
    assertThat(verified(receiver.pushed.element().body()))
        .containsEntry(
            "events",
            Map.of(
                TYPES + "withdrawn",
                Map.of("purpose", "personalization", "fields", List.of("history", "searches"))));
  }

  @Test
  void failingReceiverIsTriedAgainWithTheSameTokenUntilItTakesIt() {
    var tries = new AtomicInteger();
    receiver.answers(
        request -> {
          if (tries.incrementAndGet() == 1) {
            request.connection().close(); // it has it, but the answer never comes
          } else {
            status(tries.get() == 2 ? 503 : 202, "").accept(request);
          }
        });
    store("ada");
    var erasure = erase("ada");

    until(() -> states(erasure.erasureId()).equals(List.of(NoticeState.State.ACKNOWLEDGED)));

    assertThat(receiver.pushed).hasSize(3);
    assertThat(receiver.pushed)
        .extracting(TlsReceiver.Pushed::body)
        .containsOnly(receiver.pushed.element().body());
  }

  @Test
  void refusalIsShownAndNotTriedAgain() {
    receiver.answers(status(400, "{\"err\":\"invalid_issuer\"}"));
    store("ada");
    var erasure = erase("ada");

    until(() -> states(erasure.erasureId()).equals(List.of(NoticeState.State.REFUSED)));

    vault.restart();
    assertThat(states(erasure.erasureId())).containsExactly(NoticeState.State.REFUSED);
    assertThat(receiver.pushed).hasSize(1);
  }

  @Test
  void everythingElseWorksWhileTheReceiverIsAwayAndNothingIsLostOverARestart() throws Exception {
    receiver.down();
    store("ada");
    store("bob");
    consent("bob", Field.HISTORY);
    consent("bob");
    var erasure = erase("ada");
    assertThat(states(erasure.erasureId())).containsExactly(NoticeState.State.WAITING);
    assertThat(
            vault
                .<ProfileView>done(new VaultRequest.ReadProfile(vault.caller("bob")))
                .profile()
                .demographics())
        .isPresent();
    vault.rotate();
    vault.restart();
    assertThat(states(erasure.erasureId())).containsExactly(NoticeState.State.WAITING);

    receiver.up();

    until(() -> states(erasure.erasureId()).equals(List.of(NoticeState.State.ACKNOWLEDGED)));
    until(() -> receiver.pushed.size() == 2);
    assertThat(receiver.pushed)
        .extracting(pushed -> SignedJWT.parse(pushed.body()).getPayload().toString())
        .anySatisfy(body -> assertThat(body).contains(TYPES + "erased"))
        .anySatisfy(body -> assertThat(body).contains(TYPES + "withdrawn"));
  }
}
