package dev.lethe.gateway.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.gateway.app.config.Config.JwkSource;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigTest {
  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void home() {
    home = folder.resolve("home");
  }

  private Config read(Map<String, String> options, Map<String, String> environment) {
    return ConfigReading.config(Values.read(options, environment, folder), home);
  }

  private Config file(String yaml) throws IOException {
    return file(yaml, Map.of());
  }

  private Config file(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(folder.resolve("lethe.yaml"), yaml);
    return read(Map.of("config", "lethe.yaml"), environment);
  }

  @Test
  void withoutAnythingTheDefaultsHold() {
    var config = read(Map.of(), Map.of("PATH", "/bin"));

    assertThat(config.data()).isEqualTo(home.resolve("data"));
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8443);
    assertThat(config.admin().port()).isEqualTo(9443);
    assertThat(config.keystore().path()).isEqualTo(home.resolve("data/keystore"));
    assertThat(config.keystore().secret()).isInstanceOf(PassphraseSource.Own.class);
    assertThat(config.skew()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.rotation()).isEqualTo(new Config.Rotation(Duration.ofDays(1), Duration.ZERO));
    assertThat(config.retention()).isEqualTo(new Config.Retention(1000, Duration.ofDays(365)));
    assertThat(config.controller()).isEqualTo("lethe");
    assertThat(config.issuers()).isEmpty();
    assertThat(config.redisUri()).isEmpty();
  }

  @Test
  void optionBeatsVariableBeatsFileBeatsDefault() throws IOException {
    Files.writeString(folder.resolve("lethe.yaml"), "http: {port: 1003}\nadmin: {port: 1004}\n");
    var environment = new HashMap<>(Map.of("LETHE_CONFIG", "lethe.yaml"));

    assertThat(read(Map.of(), environment).http().port()).isEqualTo(1003);
    environment.put("LETHE_PORT", "1002");
    assertThat(read(Map.of(), environment).http().port()).isEqualTo(1002);
    assertThat(read(Map.of("port", "1001"), environment).http().port()).isEqualTo(1001);
    assertThat(read(Map.of("port", "1001"), environment).admin().port()).isEqualTo(1004);
  }

  @Test
  void everySettingHasItsOwnOptionVariableAndKey() {
    var settings = Settings.all().toList();

    assertThat(settings).extracting(Setting::option).doesNotHaveDuplicates();
    assertThat(settings).extracting(Setting::variable).doesNotHaveDuplicates();
    assertThat(settings).extracting(Setting::key).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"90s,90", "15m,900", "24h,86400", "7d,604800", "0s,0"})
  void durationsAreReadInTheirUnits(String text, long seconds) {
    assertThat(read(Map.of("rotation-grace", text), Map.of()).rotation().grace())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "port, 65536, --port: not a port from 0 to 65535",
    "port, -1, --port: not a port from 0 to 65535",
    "port, x, --port: not a port",
    "rotation-grace, 5, '--rotation-grace: not a duration such as 90s, 15m, 24h or 7d'",
    "rotation-grace, 5 m, '--rotation-grace: not a duration such as 90s, 15m, 24h or 7d'",
    "rotation-every, 0s, --rotation-every: must be longer than nothing",
    "keystore-type, jks, '--keystore-type: keystore type jks is not supported, only bcfks and pkcs11 are'",
    "limits-rate, 100/s, '--limits-rate: rate limits are not supported yet; leave it out or off'",
    "host, no such host, --host: no such host",
    "redis, 127.0.0.1, --redis: not a URI such as redis://host:6379",
    "retention-max-events, 0, --retention-max-events: not a number from 1 to 2147483647",
    "data, '', --data: must not be empty"
  })
  void wrongValuesAreNamed(String option, String text, String message) {
    assertThatThrownBy(() -> read(Map.of(option, text), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> read(Map.of("catalog", "none.ndjson"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--catalog: no readable file at " + folder.resolve("none.ndjson"));
  }

  @Test
  void unknownVariableIsRefused() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("LETHE_PROT", "1")))
        .isInstanceOf(UsageException.class)
        .hasMessage("unknown variable LETHE_PROT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'http: {prot: 1}' | lethe.yaml: unknown key http.prot",
        "'htpp: {port: 1}' | lethe.yaml: unknown key htpp",
        "'http: {port: x}' | lethe.yaml: http.port: not a port",
        "'http: {port: true}' | lethe.yaml: http.port: not a port",
        "'http: {port: 1.5}' | lethe.yaml: http.port: not a port",
        "'http: {port: [1]}' | lethe.yaml: http.port: must be a single value",
        "'rotation: {every: 24}' | 'lethe.yaml: rotation.every: not a duration such as 90s, 15m, 24h or 7d'",
        "'auth: {issuers: {issuer: a}}' | lethe.yaml: auth.issuers: must be a list",
        "'http: 8443' | lethe.yaml: http: must hold keys",
        "'data: [a]' | lethe.yaml: data: must be a single value",
        "'[1]' | lethe.yaml: must hold keys",
        "'limits: {burst: 200}' | lethe.yaml: limits.burst: rate limits are not supported yet; leave it out or off",
        "'auth: {issuers: [{issuer: a, jwksUri: \"http://a\"}]}' | lethe.yaml: auth.issuers[0].jwksUri: must be an https address",
        "'auth: {issuers: [{issuer: a}]}' | lethe.yaml: auth.issuers[0]: needs either jwksUri or jwksFile",
        "'auth: {issuers: [{isuer: a}]}' | lethe.yaml: unknown key auth.issuers[0].isuer",
        "'auth: {issuers: [{issuer: a, jwksUri: \"https://a\", algorithms: [none]}]}' | lethe.yaml: auth.issuers[0].algorithms: must be a list of RS256, PS256, ES256 and EdDSA"
      })
  void wrongFilesAreRefusedWithThePathOfTheKey(String yaml, String message) {
    assertThatThrownBy(() -> file(yaml)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void keyThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> file("http:\n  port: 1\n  port: 2\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("lethe.yaml, line 3: Duplicate");
  }

  @Test
  void fileThatIsNotYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> file("http:\n  port: [1\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("lethe.yaml, line ");
    assertThatThrownBy(() -> file("--- {}\n--- {data: x}\n"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("lethe.yaml, line 2");
  }

  @Test
  void fileThatIsNotUtf8IsRefused() throws IOException {
    Files.write(folder.resolve("lethe.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> read(Map.of("config", "lethe.yaml"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("lethe.yaml: not UTF-8");
  }

  @Test
  void issuersAreReadWithPathsFromTheFilesFolder() throws IOException {
    Files.writeString(folder.resolve("keys.json"), "{\"keys\":[]}");

    var config =
        file(
            """
            auth:
              skew: 5s
              issuers:
                - {issuer: "https://id.example", audience: tv, jwksUri: null, jwksFile: keys.json, algorithms: [ES256]}
                - {issuer: other, jwksUri: "https://id.example/keys"}
            """);

    assertThat(config.skew()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.issuers().get(0).audience()).isEqualTo("tv");
    assertThat(config.issuers().get(0).keys())
        .isEqualTo(new JwkSource.InFile(folder.resolve("keys.json")));
    assertThat(config.issuers().get(0).algorithms()).containsExactly("ES256");
    assertThat(config.issuers().get(1).audience()).isEqualTo("lethe");
    assertThat(config.issuers().get(1).algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
  }

  @Test
  void emptyFileSetsNothing() throws IOException {
    assertThat(file("# nothing\n").http().port()).isEqualTo(8443);
  }

  @Test
  void passphraseOfTheEnvironmentIsNeverShown() {
    var config = read(Map.of(), Map.of("LETHE_KEYSTORE_PASSPHRASE", "open-sesame"));

    assertThat(config.keystore().secret()).isEqualTo(new PassphraseSource.Given("open-sesame"));
    assertThat(config.toString()).doesNotContain("sesame");
  }

  @Test
  void certificateWithoutKeyIsRefused() throws IOException {
    Files.writeString(folder.resolve("cert.pem"), "");

    assertThatThrownBy(() -> read(Map.of("http-cert", "cert.pem"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--http-cert and --http-key go together");
  }

  private Config pkcs11(String... more) throws IOException {
    Files.writeString(folder.resolve("lib.so"), "");
    Files.writeString(folder.resolve("pin"), "4711\n");
    var options =
        new HashMap<>(Map.of("keystore-type", "pkcs11", "keystore-pkcs11-library", "lib.so"));
    for (int i = 0; i < more.length; i += 2) {
      options.put("keystore-pkcs11-" + more[i], more[i + 1]);
    }
    return read(options, Map.of());
  }

  @Test
  void aTokenIsNamedByLabelOrSlot() throws IOException {
    assertThat(pkcs11("token-label", "lethe prod", "pin-file", "pin").keystore().secret())
        .isEqualTo(
            new Config.Pkcs11(
                folder.resolve("lib.so"),
                new Config.TokenChoice.Labelled("lethe prod"),
                new Config.PinSource.InFile(folder.resolve("pin"))));
    assertThat(pkcs11("slot", "1727056606", "pin-file", "pin").keystore().secret())
        .extracting("token")
        .isEqualTo(new Config.TokenChoice.InSlot(1_727_056_606));
    for (var tokens :
        new String[][] {
          {"pin-file", "pin"}, {"pin-file", "pin", "slot", "1", "token-label", "a"}
        }) {
      assertThatThrownBy(() -> pkcs11(tokens))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "--keystore-type pkcs11 needs either --keystore-pkcs11-token-label or --keystore-pkcs11-slot");
    }
  }

  @Test
  void aTokenNeedsItsTypeAndItsPin() throws IOException {
    assertThatThrownBy(() -> pkcs11("slot", "1"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--keystore-type pkcs11 needs --keystore-pkcs11-pin-file or LETHE_KEYSTORE_PKCS11_PIN");
    assertThatThrownBy(() -> read(Map.of("keystore-pkcs11-slot", "1"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--keystore-pkcs11-slot needs --keystore-type pkcs11");
    assertThatThrownBy(() -> read(Map.of("keystore-type", "pkcs11"), Map.of()))
        .isInstanceOf(UsageException.class)
        .hasMessage("--keystore-pkcs11-library is missing");
  }

  @Test
  void pinOfTheEnvironmentIsNeverShown() throws IOException {
    var config =
        file(
            """
            keystore:
              type: pkcs11
              pkcs11: {library: lethe.yaml, tokenLabel: prod}
            """,
            Map.of("LETHE_KEYSTORE_PKCS11_PIN", "open-sesame"));

    assertThat(config.keystore().secret())
        .extracting("pin")
        .isEqualTo(new Config.PinSource.Given("open-sesame"));
    assertThat(config.toString()).doesNotContain("sesame");
  }
}
