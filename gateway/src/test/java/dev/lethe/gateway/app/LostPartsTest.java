package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.redis.EmbeddedRedis;
import java.io.IOException;
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
import java.security.KeyStore;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keystore, passphrase, ledger and Redis belong together: when one is missing, damaged, newer or
 * another's, an instance says which in one line and makes nothing anew in its place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LostPartsTest {
  private static final String NO_OPEN =
      " does not open: the passphrase is wrong, or the file is damaged; use the passphrase it was made with, or put back a copy"
          + " of the file";

  private Path all;
  private UsedInstallation used;
  private Path data;

  @BeforeAll
  void useAnInstallation(@TempDir Path all) {
    this.all = all;
    used = new UsedInstallation(all);
  }

  @BeforeEach
  void copyIt() throws IOException {
    data = used.copy();
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
    var before = Files.readAllBytes(UsedInstallation.keystore(data));
    var wrong = UsedInstallation.write(data, "wrong", "open sesame\n");
    Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
    String line = "vault: the keystore " + UsedInstallation.keystore(data) + NO_OPEN;

    Trial.up(Map.of("LETHE_KEYSTORE_PASSPHRASE", "open sesame"), data).refused(1, line);
    Trial.up(data, "--keystore-passphrase-file", wrong.toString()).refused(1, line);

    assertThat(UsedInstallation.keystore(data)).hasBinaryContent(before);
    Trial.up(data).started();
  }

  @Test
  void emptyPassphraseFile() throws IOException {
    var empty = UsedInstallation.write(data, "empty", "");
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
    try (var channel =
        Files.newByteChannel(UsedInstallation.keystore(data), StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
    Trial.up(data).refused(1, "vault: the keystore " + UsedInstallation.keystore(data) + NO_OPEN);
    assertThat(UsedInstallation.keystore(data)).hasSize(length);
  }

  @Test
  void keystoreOfANewerVersion() throws IOException, GeneralSecurityException {
    var passphrase = Files.readString(data.resolve("keystore/passphrase")).strip().toCharArray();
    var store = KeyStore.getInstance("BCFKS", new BouncyCastleProvider());
    store.load(null, null);
    var content = "{\"format\":99,\"elsewhere\":true}".getBytes(UTF_8);
    // The form without a content key, which every release reads.
    store.setKeyEntry("lethe", new SecretKeySpec(content, "HMACSHA512"), passphrase, null);
    var derivation = new ScryptConfig.Builder(1 << 4, 8, 8).withSaltLength(32).build();
    try (var out = Files.newOutputStream(UsedInstallation.keystore(data))) {
      store.store(
          new BCFKSLoadStoreParameter.Builder(out, passphrase)
              .withStorePBKDFConfig(derivation)
              .build());
    }

    Trial.up(data)
        .refused(
            1,
            "vault: the keystore has format 99, which this version of Lethe does not know; use the version that wrote it");
  }

  @Test
  void lostKeystoreIsNotMadeAnew() throws IOException {
    var folder = data.resolve("keystore");
    UsedInstallation.remove(folder);

    Trial.up(data)
        .refused(
            1,
            "there is no keystore in "
                + folder
                + ", but the ledger of this data folder was used with one: put the keystore back, or use a new data folder");

    assertThat(folder).doesNotExist();
    UsedInstallation.copy(used.folder().resolve("keystore"), folder);
    Trial.up(data).started();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lostLedgerIsNotBegunAnew(boolean emptied) throws IOException {
    Files.delete(UsedInstallation.ledger(data));
    if (emptied) {
      Files.createFile(UsedInstallation.ledger(data));
    }

    Trial.up(data)
        .refused(
            1,
            "vault: the ledger "
                + UsedInstallation.ledger(data)
                + " is missing or empty, but the keystore has been used with one: put the ledger back, or use a new keystore,"
                + " Redis and data folder");

    assertThat(Files.exists(UsedInstallation.ledger(data))).isEqualTo(emptied);
    Files.deleteIfExists(UsedInstallation.ledger(data));
    Files.copy(used.folder().resolve("ledger/ledger.jsonl"), UsedInstallation.ledger(data));
    Trial.up(data).started();
  }

  @Test
  void emptyRedisBesideAUsedKeystore() throws IOException {
    UsedInstallation.remove(data.resolve("redis"));
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
      command(redis, "HSET lethe:installation format 99");
      String line =
          "vault: Redis is not fit to serve: Redis has format 99, which this version of Lethe does not know; use the version that"
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
}
