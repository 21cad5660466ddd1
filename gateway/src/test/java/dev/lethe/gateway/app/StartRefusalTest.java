package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.redis.EmbeddedRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What keeps an instance from starting: each case is one line that says what is wrong and what to
 * do, leaves everything as it was, and is over once that is done.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartRefusalTest {
  private static final String NO_OPEN =
      " does not open: the passphrase is wrong, or the file is damaged; use the passphrase it was made with, or put back a copy"
          + " of the file";

  @TempDir Path all;
  private Path used;
  private Path data;
  private int cases;

  @BeforeAll
  void useAnInstallation() {
    used = all.resolve("used");
    Trial.up(used).started();
  }

  @BeforeEach
  void copyIt() throws IOException {
    data = all.resolve("case-" + cases++);
    copy(used, data);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(one -> !one.endsWith("redis.sock")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(data.resolve(name), text);
  }

  private Path keystore() {
    return data.resolve("keystore/keystore.bcfks");
  }

  private Path ledger() {
    return data.resolve("ledger/ledger.jsonl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port", "--admin-port"})
  void busyPort(String option) throws IOException {
    try (var busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
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
  void passphraseThatWentMissingIsNotMadeAnew() throws IOException {
    var file = data.resolve("keystore/passphrase");
    var kept = Files.readString(file);
    Files.delete(file);

    Trial.up(data)
        .refused(
            1,
            "passphrase file "
                + file
                + " is missing, but there is a keystore beside it: put the file back, or give the passphrase with"
                + " LETHE_KEYSTORE_PASSPHRASE or --keystore-passphrase-file");

    assertThat(file).doesNotExist();
    Trial.up(Map.of("LETHE_KEYSTORE_PASSPHRASE", kept.strip()), data).started();
  }

  @Test
  void wrongPassphrase() throws IOException {
    var before = Files.readAllBytes(keystore());
    var wrong = file("wrong", "open sesame\n");
    Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
    String line = "vault: the keystore " + keystore() + NO_OPEN;

    Trial.up(Map.of("LETHE_KEYSTORE_PASSPHRASE", "open sesame"), data).refused(1, line);
    Trial.up(data, "--keystore-passphrase-file", wrong.toString()).refused(1, line);

    assertThat(keystore()).hasBinaryContent(before);
    Trial.up(data).started();
  }

  @Test
  void emptyPassphraseFile() throws IOException {
    var empty = file("empty", "");
    Trial.up(data, "--keystore-passphrase-file", empty.toString())
        .refused(
            1, "passphrase file " + empty + " is empty: its first line must be the passphrase");
  }

  @Test
  void passphraseFileThatOthersMayReadIsWarnedOfAndTaken() throws IOException {
    var file = data.resolve("keystore/passphrase");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    var trial = Trial.up(data);

    assertThat(trial.status()).isZero();
    assertThat(trial.warnings())
        .containsExactly(
            "passphrase file " + file + " is open to others (rw-r-----): chmod 600 it");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 300})
  void truncatedKeystore(int length) throws IOException {
    try (var channel = Files.newByteChannel(keystore(), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
    Trial.up(data).refused(1, "vault: the keystore " + keystore() + NO_OPEN);
    assertThat(keystore()).hasSize(length);
  }

  @Test
  void lostKeystoreIsNotMadeAnew() throws IOException {
    var folder = data.resolve("keystore");
    remove(folder);

    Trial.up(data)
        .refused(
            1,
            "there is no keystore in "
                + folder
                + ", but the ledger of this data folder was used with one: put the keystore back, or use a new data folder");

    assertThat(folder).doesNotExist();
    copy(used.resolve("keystore"), folder);
    Trial.up(data).started();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lostLedgerIsNotBegunAnew(boolean emptied) throws IOException {
    Files.delete(ledger());
    if (emptied) {
      Files.createFile(ledger());
    }

    Trial.up(data)
        .refused(
            1,
            "vault: the ledger "
                + ledger()
                + " is missing or empty, but the keystore has been used with one: put the ledger back, or use a new keystore,"
                + " Redis and data folder");

    assertThat(Files.exists(ledger())).isEqualTo(emptied);
    Files.deleteIfExists(ledger());
    Files.copy(used.resolve("ledger/ledger.jsonl"), ledger());
    Trial.up(data).started();
  }

  @Test
  void emptyRedisBesideAUsedKeystore() throws IOException {
    remove(data.resolve("redis"));
    Trial.up(data)
        .refused(
            1,
            "vault: Redis is not fit to serve: Redis is empty, but the keystore has been used with one that was not: serving"
                + " would make everybody look new. Restore Redis, or use a new keystore and data folder");
  }

  @Test
  void redisOfAnotherInstallation() throws IOException {
    var other = EmbeddedRedis.start(all.resolve("foreign-redis"));
    try {
      var owner = all.resolve("owner");
      Trial.up(owner, "--redis", other.uri()).started();
      String line =
          "vault: Redis is not fit to serve: Redis belongs to another installation than the keystore: check which of the two is"
              + " the wrong one";

      Trial.up(data, "--redis", other.uri()).refused(1, line);
      Trial.up(all.resolve("fresh"), "--redis", other.uri()).refused(1, line);

      Trial.up(owner, "--redis", other.uri()).started();
      Trial.up(data).started();
    } finally {
      other.stop();
    }
  }

  @Test
  void redisOfANewerVersion() throws IOException {
    var redis = EmbeddedRedis.start(all.resolve("newer-redis"));
    try {
      var owner = all.resolve("owner-of-newer");
      Trial.up(owner, "--redis", redis.uri()).started();
      command(redis, "HSET lethe:installation format 2");
      String line =
          "vault: Redis is not fit to serve: Redis has format 2, which this version of Lethe does not know; use the version that"
              + " wrote it";

      Trial.up(owner, "--redis", redis.uri()).refused(1, line);

      command(redis, "HSET lethe:installation format 1");
      Trial.up(owner, "--redis", redis.uri()).started();
    } finally {
      redis.stop();
    }
  }

  private static void command(EmbeddedRedis redis, String inline) throws IOException {
    var address = UnixDomainSocketAddress.of(URI.create(redis.uri()).getPath());
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(address);
      channel.write(ByteBuffer.wrap((inline + "\r\n").getBytes(UTF_8)));
      var reply = ByteBuffer.allocate(64);
      channel.read(reply);
      assertThat(reply.get(0)).isEqualTo((byte) ':');
    }
  }

  @Test
  void redisThatIsNotThere() {
    Trial.up(data, "--redis", "redis://127.0.0.1:1")
        .refused(
            1,
            "vault: Redis does not accept a connection, check that it runs where the URI says: Connection refused: /127.0.0.1:1");
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
    var file = file("plain", "");
    Trial.up(file.resolve("data"))
        .refused(1, "folder " + file.resolve("data") + " cannot be made (FileSystemException)");
    Trial.up(file).refused(1, "folder " + file + " cannot be made: a file is in its place");
  }

  @Test
  void tornEndsAreTakenOffAndWarnedOf() throws IOException {
    var audit = data.resolve("audit/audit.jsonl");
    var whole = Files.readString(ledger());
    Files.writeString(ledger(), "{\"seq\":2,\"at\":\"2026", StandardOpenOption.APPEND);
    Files.writeString(audit, "{\"seq\"", StandardOpenOption.APPEND);

    var trial = Trial.up(data);

    assertThat(trial.status()).isZero();
    assertThat(trial.warnings())
        .containsExactly(
            ledger() + ": took off 19 bytes of an unfinished entry behind entry 1",
            audit + ": took off 6 bytes of an unfinished entry behind entry 0");
    assertThat(Files.readString(ledger())).startsWith(whole);
  }

  @Test
  void brokenEntries() throws IOException {
    var whole = Files.readString(ledger());
    Files.writeString(ledger(), whole.replace("epoch-created", "epoch-creatEd"));
    Trial.up(data)
        .refused(
            1,
            "vault: "
                + ledger()
                + " is broken at entry 1: its hash is not that of its text; put back a copy whose chain holds");
    Files.writeString(ledger(), whole);

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
    var first = Files.readString(ledger()).strip();
    var hash = first.substring(first.length() - 66, first.length() - 2);
    var entry =
        "{\"seq\":2,\"at\":\"2026-11-25T16:00:00.000Z\",\"prev\":\""
            + hash
            + "\",\"body\":{\"v\":2,\"kind\":\"new\"}";
    var digest = MessageDigest.getInstance("SHA-256").digest(entry.getBytes(UTF_8));
    var line = entry + ",\"hash\":\"" + HexFormat.of().formatHex(digest) + "\"}\n";
    Files.writeString(ledger(), line, StandardOpenOption.APPEND);

    Trial.up(data)
        .refused(
            1,
            "vault: entry 2 of the ledger: the entry is of format 2, this program reads format 1; use a newer program");
    assertThat(Files.readString(ledger())).endsWith(line);
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
    var file = file("titles.ndjson", lines.replace('~', '\n'));
    Trial.up(data, "--catalog", file.toString()).refused(1, "catalogue: " + file + ", " + fault);
    assertThat(data.resolve("catalog")).doesNotExist();
  }

  @Test
  void certificateAndKeyThatDoNotServe() throws IOException {
    var other = TlsCertificate.in(data.resolve("other"), Clock.systemUTC());
    var own = data.resolve("tls/cert.pem");
    var garbage = file("garbage.pem", "garbage");

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
        "{\"keys\":[]} | holds no key that can be used: RSA from 2048 bits or EC P-256, for signatures"
      })
  void keysOfAnIssuerThatAreNone(String keys, String fault) throws IOException {
    var file = file("keys.json", keys);
    var config = file("c.yaml", "auth: {issuers: [{issuer: a, jwksFile: keys.json}]}");
    Trial.up(data, "--config", config.toString())
        .refused(1, "token issuer: key file " + file + " " + fault);
  }

  @Test
  void keysOfAnIssuerThatAreMissing() throws IOException {
    var config = file("c.yaml", "auth: {issuers: [{issuer: a, jwksFile: keys.json}]}");
    Trial.up(data, "--config", config.toString())
        .refused(
            2,
            config
                + ": auth.issuers[0].jwksFile: no readable file at "
                + data.resolve("keys.json"));
  }
}
