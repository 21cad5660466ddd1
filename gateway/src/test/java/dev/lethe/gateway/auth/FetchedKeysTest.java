package dev.lethe.gateway.auth;

import static dev.lethe.gateway.http.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.gateway.http.TestTokens;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of an issuer that are fetched from a real HTTPS server. */
class FetchedKeysTest {
  private final Vertx vertx = Vertx.vertx();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private final AtomicReference<String> served = new AtomicReference<>(TestTokens.keySet());
  private final AtomicInteger fetched = new AtomicInteger();
  private final MovableClock clock = new MovableClock();
  private int port;

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void serve() throws Exception {
    var options =
        new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions());
    port =
        await(
                vertx
                    .createHttpServer(options)
                    .requestHandler(
                        request -> {
                          fetched.incrementAndGet();
                          request.response().end(served.get());
                        })
                    .listen(0, "localhost"))
            .actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
    certificate.delete();
  }

  private TokenVerifier verifier(Optional<String> trustedCa) {
    var keys = new KeySource.AtUrl(URI.create("https://localhost:" + port + "/keys"), trustedCa);
    var issuer = new Issuer(TestTokens.ISSUER, "lethe", Set.of(JWSAlgorithm.RS256), keys);
    return new TokenVerifier(
        vertx, SignatureProvider.BOUNCY_CASTLE, List.of(issuer), Duration.ofSeconds(30), clock);
  }

  private static String token() {
    return TestTokens.withScope("rank");
  }

  @Test
  void fetchedKeysVerify() throws Exception {
    var verifier = verifier(Optional.of(certificate.certificatePath()));
    await(verifier.start());
    assertThat(verifier.ready()).isTrue();
    assertThat(await(verifier.verify(token()))).isInstanceOf(Verdict.Accepted.class);
    verifier.stop();
  }

  @Test
  void algorithmThatTheIssuerDoesNotUseIsRefused() throws Exception {
    var verifier = verifier(Optional.of(certificate.certificatePath()));
    await(verifier.start());
    String es256 = TestTokens.ec(TestTokens.claims("rank").build());
    assertThat(await(verifier.verify(es256))).isInstanceOf(Verdict.Rejected.class);
    verifier.stop();
  }

  @Test
  void strangersServerIsNotTrusted() throws Exception {
    var verifier = verifier(Optional.empty());
    await(verifier.start());
    assertThat(verifier.ready()).isFalse();
    assertThat(await(verifier.verify(token()))).isInstanceOf(Verdict.KeysMissing.class);
    assertThat(fetched).hasValue(0);
    verifier.stop();
  }

  @Test
  void unknownKeyIsLookedForAtMostEveryHalfMinute() throws Exception {
    var added = TestTokens.rsa("added-later");
    var verifier = verifier(Optional.of(certificate.certificatePath()));
    await(verifier.start());
    served.set(TestTokens.keySet(added));
    String token = TestTokens.rsa(TestTokens.claims("rank").build(), added);
    assertThat(await(verifier.verify(token))).isInstanceOf(Verdict.Rejected.class);
    assertThat(fetched).hasValue(1);
    clock.now = clock.now.plusSeconds(31);
    assertThat(await(verifier.verify(token))).isInstanceOf(Verdict.Accepted.class);
    assertThat(fetched).hasValue(2);
    verifier.stop();
  }

  @Test
  void lastGoodKeysStay() throws Exception {
    var verifier = verifier(Optional.of(certificate.certificatePath()));
    await(verifier.start());
    served.set("no key set");
    clock.now = clock.now.plusSeconds(31);
    String unknown = TestTokens.rsa(TestTokens.claims("rank").build(), TestTokens.rsa("other"));
    assertThat(await(verifier.verify(unknown))).isInstanceOf(Verdict.Rejected.class);
    assertThat(fetched).hasValue(2);
    assertThat(await(verifier.verify(token()))).isInstanceOf(Verdict.Accepted.class);
    verifier.stop();
  }

  @Test
  void keysMustComeByHttps() {
    assertThatThrownBy(
            () -> new KeySource.AtUrl(URI.create("http://id.test/keys"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
