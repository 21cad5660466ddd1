package dev.lethe.gateway.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.gateway.app.config.Config.NoticeTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReceiverConfigTest {
  @TempDir Path folder;

  private Config file(String yaml) throws IOException {
    Files.writeString(folder.resolve("lethe.yaml"), yaml);
    return ConfigReading.config(
        Values.read(Map.of("config", "lethe.yaml"), Map.of(), folder), folder.resolve("home"));
  }

  private Path token(String permissions) throws IOException {
    var path = Files.writeString(folder.resolve("token"), "secret");
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void receiversAreReadWithPathsFromTheFilesFolder() throws IOException {
    var ca = Files.writeString(folder.resolve("ca.pem"), "");
    var token = token("rw-------");

    var config =
        file(
            """
            notices:
              receivers:
                - {name: crm, url: "https://crm.example/events", audience: crm, ca: ca.pem, tokenFile: token}
                - {name: mail, url: "https://mail.example:8443/"}
                - {name: old, retired: true}
            """);

    assertThat(config.receivers())
        .containsExactly(
            new NoticeTarget(
                "crm",
                Optional.of(URI.create("https://crm.example/events")),
                "crm",
                Optional.of(ca),
                Optional.of(token),
                false),
            new NoticeTarget(
                "mail",
                Optional.of(URI.create("https://mail.example:8443/")),
                "https://mail.example:8443/",
                Optional.empty(),
                Optional.empty(),
                false),
            new NoticeTarget(
                "old", Optional.empty(), "old", Optional.empty(), Optional.empty(), true));
    assertThat(file("notices: {receivers: null}").receivers()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: a, url: 'http://a/'} | [0].url: must be an https address without a user or"
            + " fragment",
        "{name: a, url: 'https://me:pw@a/'} | [0].url: must be an https address without a user or"
            + " fragment",
        "{name: a, url: 'https:///x'} | [0].url: must be an https address without a user or"
            + " fragment",
        "{name: a, url: 'https://a b'} | [0].url: not a URI",
        "{name: a} | [0].url: is missing",
        "{url: 'https://a'} | [0].name: is missing",
        "{name: 'https://a', url: 'https://a'} | [0].name: must be 1 to 64 of A-Z, a-z, 0-9, dot,"
            + " dash and underscore",
        "{name: a, url: 'https://a', retired: 1} | [0].retired: must be true or false",
        "7 | [0]: must hold keys",
        "{name: a, url: 'https://a'}, {name: a, url: 'https://b'} | [1].name: stands in the list"
            + " twice"
      })
  void wrongReceiversAreRefusedAtTheStart(String receivers, String message) {
    assertThatThrownBy(() -> file("notices: {receivers: [" + receivers + "]}"))
        .isInstanceOf(UsageException.class)
        .hasMessage("lethe.yaml: notices.receivers" + message);
  }

  @Test
  void unknownKeysAreRefused() {
    assertThatThrownBy(() -> file("notices: {receivers: [{nam: a}]}"))
        .isInstanceOf(UsageException.class)
        .hasMessage("lethe.yaml: unknown key notices.receivers[0].nam");
    assertThatThrownBy(() -> file("notices: {receiver: []}"))
        .isInstanceOf(UsageException.class)
        .hasMessage("lethe.yaml: unknown key notices.receiver");
    assertThatThrownBy(() -> file("notices: {receivers: {}}"))
        .isInstanceOf(UsageException.class)
        .hasMessage("lethe.yaml: notices.receivers: must be a list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------"})
  void tokenFileThatIsNotItsOwnersAloneIsRefused(String permissions) throws IOException {
    var path = token(permissions);
    assertThatThrownBy(
            () -> file("notices: {receivers: [{name: a, url: 'https://a', tokenFile: token}]}"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "lethe.yaml: notices.receivers[0].tokenFile: others may read "
                + path
                + ": chmod 600 it");
  }
}
