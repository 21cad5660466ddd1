package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody can prove with a receipt, the published keys and the answer, and nothing of Lethe.
 */
final class RankingReceiptTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCOPES = "profile:read profile:write consent rank";

  @TempDir Path folder;
  private LiveInstance instance;
  private String token;

  @BeforeEach
  void start() {
    instance = new LiveInstance(folder);
    token = instance.token("viewer", SCOPES);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private JsonNode done(String method, String path, String body) throws Exception {
    var response = instance.client(token, method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private JsonNode watchAndConsent() throws Exception {
    done(
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"m-1\",\"rating\":5},{\"item\":\"m-7\",\"rating\":4}]}");
    return done("PUT", "/v1/consents/personalization", "{\"fields\":[\"history\",\"searches\"]}");
  }

  /** The claims, once the signature holds by the published keys. */
  private JsonNode verified(JsonNode receipt) throws Exception {
    var keys = JWKSet.parse(instance.client(token, "GET", "/.well-known/jwks.json", "").body());
    var jws = JWSObject.parse(receipt.asText());
    var key = keys.getKeyByKeyId(jws.getHeader().getKeyID());
    assertThat(jws.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    assertThat(jws.getHeader().getType()).hasToString("lethe-receipt+jws");
    return JSON.readTree(jws.getPayload().toString());
  }

  /** As /openapi.json says. */
  private static String digest(JsonNode items) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    for (var item : items) {
      out.write(item.get("id").asText().getBytes(StandardCharsets.US_ASCII));
      out.writeByte(0);
      out.writeDouble(item.get("score").asDouble());
    }
    var sha256 = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256);
  }

  @Test
  void receiptProvesOfflineWhatWasUsedForThisList() throws Exception {
    var consent = verified(watchAndConsent().get("receipt"));

    var answer = done("POST", "/v1/rank", "{\"receipt\":true,\"limit\":50,\"explain\":\"full\"}");

    var claims = verified(answer.get("receipt"));
    var stated = claims.get("stated");
    assertThat(claims.get("kind").asText()).isEqualTo("ranking");
    assertThat(claims.get("subject")).isEqualTo(consent.get("subject"));
    assertThat(claims.at("/disclosed/fields")).hasToString("[\"history\"]");
    assertThat(claims.at("/disclosed/consents/0/version")).isEqualTo(consent.get("version"));
    assertThat(claims.at("/disclosed/consents/0/at")).isEqualTo(consent.get("at"));
    assertThat(stated.get("vaultRead").asBoolean()).isTrue();
    assertThat(stated.get("fieldsUsed")).isEqualTo(answer.get("fieldsUsed"));
    assertThat(stated.get("model")).isEqualTo(answer.get("model"));
    assertThat(stated.get("digest").asText()).isEqualTo(digest(answer.get("items")));

    var term = answer.at("/items/0/because").findParent("consent");
    assertThat(term.get("consent")).isEqualTo(claims.at("/disclosed/consents/0"));
  }

  @Test
  void anotherListHasAnotherDigestAndNoTitleOrValueIsInTheReceipt() throws Exception {
    watchAndConsent();
    var answer = done("POST", "/v1/rank", "{\"receipt\":true,\"limit\":3}");
    var other = done("POST", "/v1/rank", "{\"limit\":2}");

    var claims = verified(answer.get("receipt"));

    assertThat(claims.at("/stated/digest").asText()).isNotEqualTo(digest(other.get("items")));
    assertThat(claims.toString())
        .doesNotContain("m-1", "m-7")
        .doesNotContain(answer.at("/items/0/title").asText(), answer.at("/items/0/id").asText());
  }

  @Test
  void receiptOfARankingWithoutProfilingIsAboutNobody() throws Exception {
    watchAndConsent();

    var answer = done("POST", "/v1/rank", "{\"receipt\":true,\"profiling\":false}");

    var claims = verified(answer.get("receipt"));
    assertThat(claims.has("subject")).isFalse();
    assertThat(claims.has("disclosed")).isFalse();
    assertThat(claims.at("/stated/vaultRead").asBoolean()).isFalse();
    assertThat(claims.at("/stated/reason").asText()).isEqualTo("opted-out");
    assertThat(claims.at("/stated/digest").asText()).isEqualTo(digest(answer.get("items")));
    assertThat(done("GET", "/v1/access-log", "").get("entries")).isEmpty();
  }
}
