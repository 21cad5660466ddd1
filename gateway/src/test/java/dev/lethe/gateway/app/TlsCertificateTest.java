package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsCertificateTest {
  private static final Clock NOW = Clock.systemUTC();

  @TempDir Path folder;

  private TlsCertificate made(Clock clock, String... hosts) {
    return TlsCertificate.in(folder, clock, hosts);
  }

  private X509Certificate certificate() throws Exception {
    try (var input = Files.newInputStream(folder.resolve("cert.pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(input);
    }
  }

  @Test
  void clientThatTrustsOnlyItConnects() {
    var files = made(NOW, "127.0.0.1");
    var vertx = Vertx.vertx();
    try {
      var server =
          vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setSsl(true)
                      .setKeyCertOptions(
                          new PemKeyCertOptions()
                              .setCertPath(files.certificate().toString())
                              .setKeyPath(files.key().toString())))
              .requestHandler(request -> request.response().end("hello"))
              .listen(0, "127.0.0.1")
              .await();
      var client =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setSsl(true)
                  .setVerifyHost(true)
                  .setTrustOptions(
                      new PemTrustOptions().addCertPath(files.certificate().toString())));

      for (var host : List.of("127.0.0.1", "localhost")) {
        var body =
            client
                .request(HttpMethod.GET, server.actualPort(), host, "/")
                .compose(request -> request.send())
                .compose(response -> response.body())
                .await();
        assertThat(body.toString()).isEqualTo("hello");
      }
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void namesCoverLoopbackAndHosts() throws Exception {
    made(NOW, "gateway.example", "0:0:0:0:0:0:0:1", "10.1.2.3");

    assertThat(certificate().getSubjectAlternativeNames())
        .extracting(name -> name.get(1).toString())
        .containsExactlyInAnyOrder(
            "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "gateway.example", "10.1.2.3");
    assertThat(certificate().getBasicConstraints()).isNotNegative();
    assertThat(certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
  }

  @Test
  void staysUntilItExpiresOrTheHostIsAnother() throws IOException {
    var first = Files.readString(made(NOW, "a.example").certificate());

    assertThat(Files.readString(made(NOW, "a.example").certificate())).isEqualTo(first);
    assertThat(Files.readString(made(NOW, "localhost").certificate())).isEqualTo(first);
    var second = Files.readString(made(NOW, "b.example").certificate());
    assertThat(second).isNotEqualTo(first);
    var later = Clock.offset(NOW, Duration.ofDays(340));
    assertThat(Files.readString(made(later, "b.example").certificate())).isNotEqualTo(second);
  }

  @Test
  void keyOfAnotherPairIsReplaced() throws IOException {
    made(NOW, "localhost");
    var key = Files.readString(folder.resolve("key.pem"));
    Files.delete(folder.resolve("cert.pem"));
    made(NOW, "localhost");
    Files.writeString(folder.resolve("key.pem"), key);

    made(NOW, "localhost");

    assertThat(Files.readString(folder.resolve("key.pem"))).isNotEqualTo(key);
  }

  @Test
  void damagedCertificateIsReplaced() throws Exception {
    made(NOW, "localhost");
    Files.writeString(folder.resolve("cert.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

    made(NOW, "localhost");

    assertThat(certificate().getNotAfter()).isAfter(NOW.instant());
  }

  @Test
  void onlyTheOwnerReadsTheKey() throws IOException {
    assertThat(Files.getPosixFilePermissions(made(NOW, "localhost").key()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
