package dev.lethe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever engine serves TLS. The certificate of the tests is RSA's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CipherSuiteTest {
  private TestGateway gateway;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    gateway = new TestGateway(folder);
  }

  @AfterAll
  void stop() throws Exception {
    gateway.close();
  }

  private String handshake(String version, String suite) throws Exception {
    try (var socket =
        (SSLSocket)
            gateway.tls().getSocketFactory().createSocket("localhost", gateway.clientPort())) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      return socket.getSession().getCipherSuite();
    }
  }

  @Test
  void forwardSecrecyWithAuthenticatedEncryptionIsServed() throws Exception {
    var old = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    assertThat(handshake("TLSv1.2", old)).isEqualTo(old);
    assertThat(handshake("TLSv1.3", "TLS_AES_256_GCM_SHA384")).isEqualTo("TLS_AES_256_GCM_SHA384");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256"
      })
  void nothingElseIs(String suite) {
    assertThatThrownBy(() -> handshake("TLSv1.2", suite)).isInstanceOf(IOException.class);
  }
}
