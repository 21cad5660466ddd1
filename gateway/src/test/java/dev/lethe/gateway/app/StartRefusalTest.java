package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps an instance from starting: each case is one line that says what is wrong, leaves
 * everything as it was, and is over once that is put right.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartRefusalTest {
  private UsedInstallation used;
  private Path data;

  @BeforeAll
  void useAnInstallation(@TempDir Path all) {
    used = new UsedInstallation(all);
  }

  @BeforeEach
  void copyIt() throws IOException {
    data = used.copy();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--admin-port"})
  void busyPort(String option) throws IOException {
    try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(busy.getLocalPort());
      Trial.up(data, option, port)
          .refused(
              1,
              "address 127.0.0.1:"
                  + port
                  + " is in use or not ours: free it, or choose another host or port");
    }
    Trial.up(data).started();
  }

  @Test
  void redisThatIsNotThere() {
    assertThat(Trial.up(data, "--redis", "redis://127.0.0.1:1").errors())
        .singleElement()
        .asString()
        .startsWith(
            "lethe: vault: Redis does not accept a connection, check that it runs where the URI says: ")
        .endsWith("Connection refused: /127.0.0.1:1"); // sockets of each kind add their own
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "http://x",
        "redis://",
        "redis://:99999",
        "redis://127.0.0.1:port",
        "redis://127.0.0.1:99999",
        "redis+sentinel://127.0.0.1",
        "unix:",
        "redis://u:secret@h:1/x y"
      })
  void redisUriThatIsNone(String uri) {
    var trial = Trial.up(data, "--redis", uri);
    assertThat(trial.status()).isEqualTo(2);
    assertThat(trial.errors())
        .singleElement()
        .asString()
        .startsWith("lethe: --redis: not a URI")
        .doesNotContain("secret");
  }

  @Test
  void folderThatCannotBeMade() throws IOException {
    var file = UsedInstallation.write(data, "plain", "");
    Trial.up(file.resolve("data"))
        .refused(1, "folder " + file.resolve("data") + " cannot be made (FileSystemException)");
    Trial.up(file).refused(1, "folder " + file + " cannot be made: a file is in its place");
  }

  @Test
  void tornEndsAreTakenOffAndWarnedOf() throws IOException {
    var audit = data.resolve("audit/audit.jsonl");
    var whole = Files.readString(UsedInstallation.ledger(data));
    Files.writeString(
        UsedInstallation.ledger(data), "{\"seq\":2,\"at\":\"2026", StandardOpenOption.APPEND);
    Files.writeString(audit, "{\"seq\"", StandardOpenOption.APPEND);

    var trial = Trial.up(data);

    assertThat(trial.status()).isZero();
    assertThat(trial.warnings())
        .containsExactly(
            UsedInstallation.ledger(data)
                + ": took off 19 bytes of an unfinished entry behind entry "
                + whole.lines().count(),
            audit + ": took off 6 bytes of an unfinished entry behind entry 0");
    assertThat(Files.readString(UsedInstallation.ledger(data))).startsWith(whole);
  }

  @Test
  void brokenEntries() throws IOException {
    var whole = Files.readString(UsedInstallation.ledger(data));
    Files.writeString(
        UsedInstallation.ledger(data), whole.replace("epoch-created", "epoch-creatEd"));
    Trial.up(data)
        .refused(
            1,
            "vault: "
                + UsedInstallation.ledger(data)
                + " is broken at entry 1: its hash is not that of its text; put back a copy whose chain holds");
    Files.writeString(UsedInstallation.ledger(data), whole);

    var audit = data.resolve("audit/audit.jsonl");
    Files.writeString(audit, "{}\n{}\n");
    Trial.up(data)
        .refused(
            1,
            "vault: "
                + audit
                + " is broken at entry 1: it does not have the shape of one; put back a copy whose chain holds");
    assertThat(audit).hasContent("{}\n{}\n");
  }

  @Test
  void ledgerOfANewerVersion() throws IOException, GeneralSecurityException {
    var lines = Files.readAllLines(UsedInstallation.ledger(data));
    var last = lines.get(lines.size() - 1);
    var hash = last.substring(last.length() - 66, last.length() - 2);
    int next = lines.size() + 1;
    var entry =
        "{\"seq\":"
            + next
            + ",\"at\":\"2026-11-25T16:00:00.000Z\",\"prev\":\""
            + hash
            + "\",\"body\":{\"v\":99,\"kind\":\"new\"}";
    var digest = MessageDigest.getInstance("SHA-256").digest(entry.getBytes(UTF_8));
    var line = entry + ",\"hash\":\"" + HexFormat.of().formatHex(digest) + "\"}\n";
    Files.writeString(UsedInstallation.ledger(data), line, StandardOpenOption.APPEND);

    Trial.up(data)
        .refused(
            1,
            "vault: entry "
                + next
                + " of the ledger: the entry is of format 99, this program reads format 1; use a newer program");
    assertThat(Files.readString(UsedInstallation.ledger(data))).endsWith(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"a\",\"title\":\"A\"}~{\"id\":\"b\" | line 2: malformed JSON",
        "{\"id\":\"a\",\"title\":\"A\"}~{\"id\":\"a\",\"title\":\"B\"} | line 2: duplicate id a",
        "'' | line 1: no titles"
      })
  void brokenCatalogue(String lines, String fault) throws IOException {
    var file = UsedInstallation.write(data, "titles.ndjson", lines.replace('~', '\n'));
    Trial.up(data, "--catalog", file.toString()).refused(1, "catalogue: " + file + ", " + fault);
    assertThat(data.resolve("catalog")).doesNotExist();
  }

  @Test
  void certificateAndKeyThatDoNotServe() throws IOException {
    var other = TlsCertificate.in(data.resolve("other"), Clock.systemUTC());
    var own = data.resolve("tls/cert.pem");
    var garbage = UsedInstallation.write(data, "garbage.pem", "garbage");

    tls(own, other.key())
        .refused(
            1,
            "key "
                + other.key()
                + " is not that of certificate "
                + own
                + ": give the two that belong together");
    tls(own, garbage)
        .refused(1, "file " + garbage + " does not begin with a PKCS#8 PEM private key");
    tls(garbage, other.key())
        .refused(1, "file " + garbage + " does not begin with a PEM certificate");
    Trial.up(data, "--admin-client-ca", garbage.toString())
        .refused(1, "file " + garbage + " does not begin with a PEM certificate");
    tls(other.certificate(), other.key()).started();
  }

  private Trial tls(Path certificate, Path key) {
    return Trial.up(data, "--http-cert", certificate.toString(), "--http-key", key.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "garbage | is not a JWK set (RFC 7517)",
        "{} | is not a JWK set (RFC 7517)",
        "{\"keys\":[]} | holds no key that can be used: RSA from 2048 bits, EC P-256 or Ed25519, for signatures by ES256, RS256",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]} | holds no key that can be used: RSA from 2048 bits, EC P-256 or Ed25519, for signatures by ES256, RS256"
      })
  void keysOfAnIssuerThatAreNone(String keys, String fault) throws IOException {
    var file = UsedInstallation.write(data, "keys.json", keys);
    var config =
        UsedInstallation.write(
            data, "c.yaml", "auth: {issuers: [{issuer: a, jwksFile: keys.json}]}");
    Trial.up(data, "--config", config.toString())
        .refused(1, "token issuer: key file " + file + " " + fault);
  }

  @Test
  void keysOfAnIssuerThatAreMissing() throws IOException {
    var config =
        UsedInstallation.write(
            data, "c.yaml", "auth: {issuers: [{issuer: a, jwksFile: keys.json}]}");
    Trial.up(data, "--config", config.toString())
        .refused(
            2,
            config
                + ": auth.issuers[0].jwksFile: no readable file at "
                + data.resolve("keys.json"));
  }
}
