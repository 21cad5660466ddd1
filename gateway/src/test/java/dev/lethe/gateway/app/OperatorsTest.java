package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.gateway.app.VaultWork.Person;
import dev.lethe.gateway.app.VaultWork.Report;
import dev.lethe.gateway.app.VaultWork.Status;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.UsageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do beside a real instance: prove, back up, restore. */
final class OperatorsTest {
  private static final String SCOPES = "profile:read profile:write consent rank erase";

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final VaultStores stores = new VaultStores(Clock.systemUTC());
  private RunningInstance instance;
  private HttpClient http;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    instance = Instance.start(config(folder.resolve("keystore")), Clock.systemUTC());
    http = HttpClient.newBuilder().sslContext(trusting(instance.trustAnchor())).build();
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  private Config config(Path keystore) {
    return new Config(
        folder,
        new Config.Http("127.0.0.1", 0, Optional.empty()),
        new Config.Admin("127.0.0.1", 0, Optional.empty()),
        Optional.empty(),
        new Config.Keystore(keystore, new Config.PassphraseSource.Own()),
        Duration.ofSeconds(30),
        List.of(),
        new Config.Rotation(Duration.ofDays(1), Duration.ZERO),
        new Config.Retention(1000, Duration.ofDays(365)),
        Optional.empty(),
        Config.Model.STANDARD,
        "lethe",
        List.of());
  }

  private Config config() {
    return config(folder.resolve("keystore"));
  }

  private static SSLContext trusting(Path anchor) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(anchor)) {
      trusted.setCertificateEntry(
          "lethe", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private String token(String subject, String scope) {
    return DevIssuer.open(folder, Clock.systemUTC()).token(subject, scope, Duration.ofHours(1));
  }

  private String done(URI base, String token, String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path + ": " + response.body()).isBetween(200, 204);
      return response.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void settle(String subject) {
    var token = token(subject, SCOPES);
    done(
        instance.client(),
        token,
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"m-1\"}]}");
    done(
        instance.client(),
        token,
        "PUT",
        "/v1/consents/personalization",
        "{\"fields\":[\"history\"]}");
  }

  private void rotate() {
    var token = token("operator", "admin:keys");
    var started = done(instance.admin(), token, "POST", "/admin/v1/key-rotations", "{}");
    var path = "/admin/v1/key-rotations/" + started.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    var later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    var state = "";
    for (int asked = 0; asked < 1_000 && !state.contains("\"complete\""); asked++) {
      state =
          CompletableFuture.supplyAsync(() -> done(instance.admin(), token, "GET", path, ""), later)
              .join();
    }
    assertThat(state).contains("\"complete\"");
  }

  private Report prove(Config config, Path... copies) {
    return stores.proveErased(config, List.of(copies), Optional.empty(), line -> {});
  }

  private Path copyOfKeystore() throws IOException {
    var copy = Files.createDirectory(elsewhere.resolve("kept-keystore"));
    for (var name : new String[] {"keystore.bcfks", "passphrase"}) {
      Files.copy(folder.resolve("keystore").resolve(name), copy.resolve(name));
    }
    return copy;
  }

  @Test
  void anErasureIsProvedOnceItsEpochIsGoneAndAKeptEpochIsFound() throws IOException {
    settle("ada");
    settle("bob");
    var copy = elsewhere.resolve("copy");
    assertThat(stores.backup(config(), copy).status()).isEqualTo(Status.DONE);
    done(instance.client(), token("ada", SCOPES), "DELETE", "/v1/profile", "");

    var early = prove(config(), copy);
    assertThat(early.status()).isEqualTo(Status.FAILED);
    assertThat(early.lines())
        .anyMatch(line -> line.matches("opens: \\S{43} life 1 history by epoch 1, not yet.*"));
    var kept = copyOfKeystore();
    rotate();

    assertThat(prove(config(), elsewhere).status()).isEqualTo(Status.DONE);
    assertThat(prove(config(kept), copy).lines())
        .anyMatch(line -> line.contains("history by epoch 1, said to be unrecoverable since"));
    var ada = Optional.of(new Person(Optional.of("lethe-dev"), "ada"));
    assertThat(stores.proveErased(config(), List.of(copy), ada, line -> {}).status())
        .isEqualTo(Status.DONE);
    var bob = Optional.of(new Person(Optional.empty(), "bob"));
    assertThatThrownBy(() -> stores.proveErased(config(), List.of(copy), bob, line -> {}))
        .isInstanceOf(UsageException.class);

    instance.close();
    assertThat(prove(config(), copy).status()).isEqualTo(Status.DONE);
    var nothing = Files.writeString(elsewhere.resolve("x.aof"), "*1\r\n$4\r\nPING\r\n");
    assertThat(prove(config(), nothing).status()).isEqualTo(Status.INCONCLUSIVE);
    var damaged = Files.writeString(elsewhere.resolve("y.rdb"), "REDIS0009 and no more");
    assertThat(prove(config(), damaged).status()).isEqualTo(Status.INCONCLUSIVE);
  }

  @Test
  void anErasureThatWaitsForAHoldIsNamedAndNotProved() {
    settle("ada");
    settle("bob");
    settle("eve");
    var operator = token("operator", "admin:subjects");
    var ada = "{\"sub\":\"ada\"}";
    done(instance.admin(), operator, "POST", "/admin/v1/subjects/hold", ada);
    done(instance.client(), token("ada", SCOPES), "DELETE", "/v1/profile", "");
    done(instance.client(), token("eve", SCOPES), "DELETE", "/v1/profile", "");
    rotate();
    var copy = elsewhere.resolve("copy");
    assertThat(stores.backup(config(), copy).status()).isEqualTo(Status.DONE);

    var held = prove(config(), copy);
    assertThat(held.status()).isEqualTo(Status.FAILED);
    assertThat(held.lines())
        .contains(
            "erased, attacked  1", "erased, held      1, kept for a legal hold and not proved")
        .anyMatch(line -> line.matches("held: \\S{43} life 1 history by epoch 2, not yet.*hold"))
        .noneMatch(line -> line.startsWith("opens: "))
        .last()
        .isEqualTo(
            "not proved: 1 erasures wait for the end of a legal hold;"
                + " nothing else of the erased opens");
    var eve = Optional.of(new Person(Optional.empty(), "eve"));
    assertThat(stores.proveErased(config(), List.of(copy), eve, line -> {}).status())
        .isEqualTo(Status.DONE);

    done(instance.admin(), operator, "POST", "/admin/v1/subjects/release", ada);
    rotate();
    var later = elsewhere.resolve("later");
    stores.backup(config(), later);
    assertThat(prove(config(), copy, later).status()).isEqualTo(Status.DONE);
  }

  @Test
  void aRestoreWaitsForTheInstanceToStopAndForAYes() {
    settle("ada");
    var backup = elsewhere.resolve("backup");
    stores.backup(config(), backup);
    settle("late");
    assertThatThrownBy(() -> stores.restore(config(), backup, true))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("in use by another instance");
    instance.close();

    assertThat(stores.restore(config(), backup, false).status()).isEqualTo(Status.UNCONFIRMED);
    assertThat(stores.restore(config(), backup, true).lines())
        .anyMatch(line -> line.startsWith("lost "))
        .anyMatch(line -> line.startsWith("put aside "));
    assertThatThrownBy(() -> stores.backup(config(), elsewhere.resolve("other")))
        .hasMessageContaining("no instance runs");

    instance = Instance.start(config(), Clock.systemUTC());
    var profile = done(instance.client(), token("ada", SCOPES), "GET", "/v1/profile", "");
    assertThat(profile).contains("m-1");
  }
}
