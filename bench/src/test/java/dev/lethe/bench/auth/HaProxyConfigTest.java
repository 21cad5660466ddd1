package dev.lethe.bench.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.BenchException;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaProxyConfigTest {
  @Test
  void haProxyTakesTheConfiguration(@TempDir Path folder) throws Exception {
    assumeThatCode(HaProxy.PROGRAM::require).doesNotThrowAnyException();
    var config = config(folder);

    assertThatCode(() -> check(folder, config.text())).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(folder, config.text().replace("jwt_verify", "jwt_verified")))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("jwt_verified");
  }

  @Test
  void eachAlgorithmHasItsOwnKey(@TempDir Path folder) throws Exception {
    assertThat(config(folder).text())
        .containsSubsequence("acl rsa_signed", folder.resolve("rsa.pem").toString())
        .containsSubsequence("acl ec_signed", folder.resolve("ec.pem").toString())
        .contains("deny_status 401 unless rs256 rsa_signed or es256 ec_signed");
  }

  private static void check(Path folder, String text) throws IOException {
    var file = Files.writeString(folder.resolve("haproxy.cfg"), text);
    HaProxy.PROGRAM.run(List.of("-c", "-f", file.toString()));
  }

  private static HaProxyConfig config(Path folder) throws IOException {
    var issuer = new MadeUpIssuer();
    var certificate = SelfSignedCertificate.create("localhost");
    try {
      return new HaProxyConfig(
          1_024,
          2,
          Files.writeString(
              folder.resolve("tls.pem"),
              Files.readString(Path.of(certificate.certificatePath()))
                  + Files.readString(Path.of(certificate.privateKeyPath()))),
          Files.writeString(folder.resolve("rsa.pem"), issuer.pem(JWSAlgorithm.RS256)),
          Files.writeString(folder.resolve("ec.pem"), issuer.pem(JWSAlgorithm.ES256)),
          Files.writeString(folder.resolve("answer.json"), "{}"));
    } finally {
      certificate.delete();
    }
  }
}
