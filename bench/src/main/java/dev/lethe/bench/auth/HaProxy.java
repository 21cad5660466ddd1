package dev.lethe.bench.auth;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.BenchException;
import dev.lethe.bench.FreePort;
import dev.lethe.bench.Program;
import dev.lethe.gateway.app.story.LogEnd;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** HAProxy in a process of its own. */
final class HaProxy implements AutoCloseable {
  static final Program PROGRAM = new Program("haproxy", "haproxy");

  private static final long PATIENCE_MS = 10_000;
  private static final long PAUSE_MS = 50;

  private final Process process;
  private final URI address;

  private HaProxy(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it. Blocks until it accepts connections.
   *
   * @param folder for its files
   * @param tls where {@code cert.pem} and {@code key.pem} are
   * @param answer to everybody who has a token
   */
  static HaProxy start(Path folder, Path tls, MadeUpIssuer issuer, Buffer answer) {
    try {
      int port = FreePort.find();
      var config =
          new HaProxyConfig(
              port,
              Runtime.getRuntime().availableProcessors(),
              Files.writeString(
                  folder.resolve("haproxy-tls.pem"),
                  Files.readString(tls.resolve("cert.pem"))
                      + Files.readString(tls.resolve("key.pem"))),
              Files.writeString(folder.resolve("rsa.pem"), issuer.pem(JWSAlgorithm.RS256)),
              Files.writeString(folder.resolve("ec.pem"), issuer.pem(JWSAlgorithm.ES256)),
              Files.write(folder.resolve("answer.json"), answer.getBytes()));
      var file = Files.writeString(folder.resolve("haproxy.cfg"), config.text());
      PROGRAM.run(List.of("-c", "-f", file.toString()));
      var log = folder.resolve("haproxy.log");
      var process = PROGRAM.start(List.of("-db", "-f", file.toString()), log);
      await(process, port, log);
      return new HaProxy(process, URI.create("https://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new BenchException("haproxy cannot be set up: " + e.getMessage(), e);
    }
  }

  private static void await(Process process, int port, Path log) {
    long begun = System.nanoTime();
    while (!listens(port)) {
      boolean late = System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
      if (late || !process.isAlive()) {
        process.destroyForcibly();
        throw new BenchException("haproxy does not start: " + LogEnd.of(log));
      }
      try {
        Thread.sleep(PAUSE_MS);
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new BenchException("interrupted", e);
      }
    }
  }

  private static boolean listens(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
