package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.slug;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenRefusalTest {
  private TestGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.ReadConsents.class, read -> Outcome.done(new Consents(0, Map.of())));
    gateway.vault(
        VaultRequest.ReadAccessLog.class, read -> Outcome.refused(Outcome.Refusal.TOKEN_REVOKED));
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  private HttpResponse<String> with(String token) throws Exception {
    return gateway.client("GET", "/v1/consents", "", "Authorization", "Bearer " + token);
  }

  private void isRefused(String token) throws Exception {
    var response = with(token);
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(slug(response)).isEqualTo("token-invalid");
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer error=\"invalid_token\"");
  }

  private static JWTClaimsSet.Builder good() {
    return TestTokens.claims("consent");
  }

  private static Date in(long seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  @Test
  void goodTokensOfEveryAlgorithmAreTakenAgainAndAgain() throws Exception {
    String rsa = TestTokens.rsa(good().build());
    assertThat(with(rsa).statusCode()).isEqualTo(200);
    assertThat(with(rsa).statusCode()).isEqualTo(200);
    assertThat(with(TestTokens.ec(good().build())).statusCode()).isEqualTo(200);
    assertThat(with(TestTokens.rsa(good().expirationTime(in(-10)).build())).statusCode())
        .as("within the skew")
        .isEqualTo(200);
  }

  @Test
  void claimsThatDoNotHoldAreRefused() throws Exception {
    isRefused(TestTokens.rsa(good().expirationTime(in(-31)).build()));
    isRefused(TestTokens.rsa(good().expirationTime(null).build()));
    isRefused(TestTokens.rsa(good().issueTime(null).build()));
    isRefused(TestTokens.rsa(good().issueTime(in(60)).build()));
    isRefused(TestTokens.rsa(good().notBeforeTime(in(60)).build()));
    isRefused(TestTokens.rsa(good().issuer("https://other.test").build()));
    isRefused(TestTokens.rsa(good().audience("other").build()));
    isRefused(TestTokens.rsa(good().audience((String) null).build()));
    isRefused(TestTokens.rsa(good().subject(null).build()));
    isRefused(TestTokens.rsa(good().subject(" ").build()));
    isRefused(TestTokens.rsa(good().subject("s".repeat(257)).build()));
    isRefused(TestTokens.rsa(good().claim("scope", java.util.List.of("consent")).build()));
  }

  @Test
  void unsignedTokensAreRefused() throws Exception {
    isRefused(new PlainJWT(good().build()).serialize());
  }

  @Test
  void publicKeyIsNoSharedSecret() throws Exception {
    var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(TestTokens.RSA.getKeyID()).build();
    isRefused(
        TestTokens.sign(
            header, good().build(), new MACSigner(TestTokens.RSA.toPublicKey().getEncoded())));
  }

  @Test
  void foreignSignatureIsRefused() throws Exception {
    isRefused(TestTokens.rsa(good().build(), TestTokens.rsa(TestTokens.RSA.getKeyID())));
    isRefused(TestTokens.rsa(good().build(), TestTokens.rsa("nobody-knows")));
    String token = TestTokens.rsa(good().build());
    isRefused(token.substring(0, token.length() - 8) + "AAAAAAAA");
    isRefused("not a token");
    isRefused("a.b.c");
    isRefused("x".repeat(9_000));
  }

  @Test
  void newKeyInTheFileIsFoundWhenATokenNamesIt() throws Exception {
    var added = TestTokens.rsa("added-later");
    Files.writeString(gateway.keyFile, TestTokens.keySet(added));
    String token = TestTokens.rsa(good().build(), added);
    // The file is looked at no more than once a second.
    assertThat(statusWithin(token)).isEqualTo(200);
  }

  private int statusWithin(String token) throws Exception {
    long end = System.nanoTime() + 10_000_000_000L;
    int status = with(token).statusCode();
    while (status != 200 && System.nanoTime() < end) {
      status = with(token).statusCode();
    }
    return status;
  }

  @Test
  void revokedTokenSaysSo() throws Exception {
    var response =
        gateway.client(
            "GET",
            "/v1/access-log",
            "",
            "Authorization",
            "bearer " + TestTokens.withScope("profile:read"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(slug(response)).isEqualTo("token-revoked");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void otherSchemesAreNoToken() throws Exception {
    var response = gateway.client("GET", "/v1/consents", "", "Authorization", "Basic YTpi");
    assertThat(slug(response)).isEqualTo("token-missing");
  }
}
