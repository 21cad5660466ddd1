package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.keys.SoftHsm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole instance whose keystore is wrapped by a token, and one that moves into a token. */
final class TokenInstanceTest {
  private static final String SCOPES = "profile:read profile:write consent rank erase";

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final VaultStores stores = new VaultStores(Clock.systemUTC());
  private SoftHsm hsm;
  private Config config;

  @BeforeEach
  void configure() throws IOException {
    hsm = SoftHsm.token();
    config =
        LiveInstance.config(
            folder, new Config.Keystore(folder.resolve("keystore"), secret(pinFile("pin"))));
  }

  private Config.Pkcs11 secret(Path pin) {
    return new Config.Pkcs11(
        hsm.library(),
        new Config.TokenChoice.Labelled(hsm.label()),
        new Config.PinSource.InFile(pin));
  }

  private Path pinFile(String name) throws IOException {
    return secretFile(name, SoftHsm.PIN);
  }

  private Path secretFile(String name, String secret) throws IOException {
    var file = Files.writeString(elsewhere.resolve(name), secret + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static String done(
      LiveInstance instance, String subject, String method, String path, String body) {
    var response = instance.client(instance.token(subject, SCOPES), method, path, body);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isBetween(200, 204);
    return response.body();
  }

  private static void settle(LiveInstance instance, String subject) {
    done(
        instance,
        subject,
        "POST",
        "/v1/profile/history/events",
        "{\"events\":[{\"item\":\"m-of-" + subject + "\"}]}");
    done(instance, subject, "PUT", "/v1/consents/personalization", "{\"fields\":[\"history\"]}");
  }

  private static void rotate(LiveInstance instance) {
    var token = instance.token("operator", "admin:keys");
    var started = instance.admin(token, "POST", "/admin/v1/key-rotations", "{}").body();
    var path = "/admin/v1/key-rotations/" + started.replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    var later = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);
    var state = "";
    for (int asked = 0; asked < 1_000 && !state.contains("\"complete\""); asked++) {
      state =
          CompletableFuture.supplyAsync(() -> instance.admin(token, "GET", path, "").body(), later)
              .join();
    }
    assertThat(state).contains("\"complete\"");
  }

  private static void assertReady(LiveInstance instance) {
    assertThat(instance.admin("", "GET", "/health/ready", "").body())
        .contains("\"keystore\":\"up\"");
  }

  @Test
  void itServesRotatesAndStartsAgain() throws IOException {
    var file = folder.resolve("keystore/keystore.pkcs11");
    var older = Files.createDirectory(elsewhere.resolve("older")).resolve(file.getFileName());
    var copy =
        LiveInstance.config(
            folder, new Config.Keystore(elsewhere.resolve("older"), config.keystore().secret()));
    var backup = elsewhere.resolve("backup");
    try (var instance = new LiveInstance(config)) {
      settle(instance, "ada");
      settle(instance, "bob");
      assertReady(instance);
      assertThat(hsm.names()).hasSize(2).anyMatch(name -> name.endsWith(":epoch:1"));
      Files.copy(file, older);
      stores.backup(config, backup);
      done(instance, "ada", "DELETE", "/v1/profile", "");
      assertThat(attack(copy, backup).lines()).anyMatch(line -> line.startsWith("opens: "));

      rotate(instance);

      assertThat(hsm.names())
          .hasSize(2)
          .anyMatch(name -> name.endsWith(":epoch:2"))
          .noneMatch(name -> name.endsWith(":epoch:1"));
      assertThat(done(instance, "bob", "GET", "/v1/profile", "")).contains("m-of-bob");
      assertReady(instance);
      assertThat(attack(config, backup).status()).isEqualTo(VaultWork.Status.DONE);
      assertThat(attack(copy, backup).lines()).noneMatch(line -> line.startsWith("opens: "));
    }

    var newest = Files.readAllBytes(file);
    Files.write(file, Files.readAllBytes(older));
    assertThatThrownBy(() -> new LiveInstance(config))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("is an older copy: ");
    Files.write(file, newest);
    try (var again = new LiveInstance(config)) {
      assertThat(done(again, "bob", "GET", "/v1/profile", "")).contains("m-of-bob");
    }
  }

  private VaultWork.Report attack(Config with, Path backup) {
    return stores.proveErased(with, List.of(backup), Optional.empty(), line -> {});
  }

  @Test
  void anInstallationMovesIntoAToken() throws IOException {
    var before = LiveInstance.config(folder);
    try (var instance = new LiveInstance(before)) {
      settle(instance, "bob");
    }
    var passphrase = secretFile("passphrase", "of the export");
    var export = elsewhere.resolve("export");
    stores.exportKeystore(before, export, passphrase);
    Files.move(folder.resolve("keystore"), elsewhere.resolve("keystore-before"));

    assertThat(stores.importKeystore(config, export, passphrase).lines())
        .anyMatch(line -> line.startsWith("destroy       " + export));
    Files.copy(
        elsewhere.resolve("keystore-before/heads.json"), folder.resolve("keystore/heads.json"));
    try (var instance = new LiveInstance(config)) {
      assertThat(done(instance, "bob", "GET", "/v1/profile", "")).contains("m-of-bob");
      rotate(instance);
      assertThat(done(instance, "bob", "GET", "/v1/profile", "")).contains("m-of-bob");
    }

    assertThatThrownBy(() -> stores.importKeystore(config, export, passphrase))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("is not empty");
    assertThatThrownBy(
            () -> stores.exportKeystore(config, elsewhere.resolve("another"), passphrase))
        .isInstanceOf(FailedException.class)
        .hasMessage(
            "a keystore of type pkcs11 is not exported: that its keys never leave the token is what"
                + " it is for");
    assertThatThrownBy(() -> stores.changePassphrase(config, passphrase))
        .isInstanceOf(FailedException.class)
        .hasMessage(
            "a keystore of type pkcs11 has no passphrase: change the PIN of its token with the"
                + " vendor's tool, and then the PIN file");
  }

  @Test
  void aTokenThatDoesNotLetUsInIsOneLine() throws IOException {
    var wrong =
        LiveInstance.config(
            folder,
            new Config.Keystore(
                folder.resolve("keystore"), secret(secretFile("wrong", "a wrong PIN"))));

    assertThatThrownBy(() -> new LiveInstance(wrong))
        .isInstanceOf(FailedException.class)
        .hasMessage(
            "vault: the token "
                + hsm.label()
                + " refuses the PIN: give the right one; this one is not tried again, because"
                + " tokens lock");
    assertThatThrownBy(() -> new LiveInstance(wrong))
        .isInstanceOf(FailedException.class)
        .hasMessageContaining("refused this PIN before");

    try (var instance = new LiveInstance(config)) {
      assertReady(instance);
    }
    assertThatThrownBy(() -> new LiveInstance(folder))
        .hasMessageStartingWith("there is a keystore of another type, ");
    assertThat(folder.resolve("keystore/passphrase")).doesNotExist();
  }
}
