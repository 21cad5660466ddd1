package dev.lethe.gateway.http;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consent, its receipt, and the signal that forbids it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsentInterfaceTest {
  private ClientStage stage;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    stage = new ClientStage(folder);
  }

  @BeforeEach
  void forgetWhatWasAsked() {
    stage.gateway.asked.clear();
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void consentIsAnsweredWithItsReceipt() throws Exception {
    var response =
        stage.send("PUT", "/v1/consents/training", "{\"fields\":[\"preferences\",\"history\"]}");
    assertThat(json(response).get("receipt").asText()).isEqualTo("a.b.c");
    assertThat(json(response).at("/purposes/training/updatedAt").isNull()).isTrue();
    assertThat(response.headers().firstValue("ETag")).contains("\"4\"");
    var put = stage.onlyAsked(VaultRequest.PutConsent.class);
    assertThat(put.purpose()).isEqualTo(Purpose.TRAINING);
    assertThat(put.fields()).isEqualTo(Set.of(Field.HISTORY, Field.PREFERENCES));
  }

  @Test
  void privacyControlForbidsTrainingOnly() throws Exception {
    String history = "{\"fields\":[\"history\"]}";
    var refused = stage.send("PUT", "/v1/consents/training", history, "Sec-GPC", "1");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(slug(refused)).isEqualTo("gpc");
    assertThat(stage.gateway.asked).isEmpty();
    assertThat(stage.send("PUT", "/v1/consents/training", history, "Sec-GPC", "0").statusCode())
        .isEqualTo(200);
    assertThat(
            stage
                .send("PUT", "/v1/consents/training", "{\"fields\":[]}", "Sec-GPC", "1")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            stage.send("PUT", "/v1/consents/personalization", history, "Sec-GPC", "1").statusCode())
        .isEqualTo(200);
  }

  @Test
  void unknownFieldCannotBeConsentedTo() throws Exception {
    var response = stage.send("PUT", "/v1/consents/training", "{\"fields\":[\"shoe-size\"]}");
    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).doesNotContain("shoe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"fields\":null}",
        "{\"fields\":\"history\"}",
        "{\"fields\":[1]}",
        "{\"fields\":[\"history\",\"history\"]}",
        "{\"fields\":[],\"purpose\":\"training\"}"
      })
  void consentThatDoesNotFitChangesNothing(String body) throws Exception {
    assertThat(stage.send("PUT", "/v1/consents/training", body).statusCode()).isEqualTo(422);
    assertThat(stage.gateway.asked).isEmpty();
  }
}
