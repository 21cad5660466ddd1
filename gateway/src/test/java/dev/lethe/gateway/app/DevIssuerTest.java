package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DevIssuerTest {
  @TempDir Path data;

  @Test
  void concurrentCallersMakeOneKey() throws Exception {
    var tokens =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    CompletableFuture.supplyAsync(
                        () ->
                            DevIssuer.open(data, Clock.systemUTC())
                                .token("p" + n, "rank", Duration.ofHours(1))))
            .toList();

    var keyIds = new HashSet<String>();
    for (var token : tokens) {
      keyIds.add(SignedJWT.parse(token.join()).getHeader().getKeyID());
    }
    assertThat(keyIds).hasSize(1);
  }

  @Test
  void onlyTheOwnerReadsTheKey() throws Exception {
    DevIssuer.open(data, Clock.systemUTC());

    assertThat(Files.getPosixFilePermissions(data.resolve("dev-issuer/key.jwk")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void lostPublicKeysAreWrittenAgain() throws Exception {
    var file = DevIssuer.open(data, Clock.systemUTC()).publicKeys();
    var before = Files.readString(file);
    Files.delete(file);

    DevIssuer.open(data, Clock.systemUTC());

    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void damagedKeyIsNotQuoted() throws Exception {
    DevIssuer.open(data, Clock.systemUTC());
    Files.writeString(data.resolve("dev-issuer/key.jwk"), "{\"d\":\"private\"");

    assertThatThrownBy(() -> DevIssuer.open(data, Clock.systemUTC()))
        .isInstanceOf(FailedException.class)
        .hasMessageNotContaining("private\"")
        .hasNoCause();
  }
}
