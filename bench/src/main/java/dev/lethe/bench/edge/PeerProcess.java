package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.FreePort;
import dev.lethe.gateway.app.story.ChildInstance;
import dev.lethe.gateway.app.story.LogEnd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server that an instance is measured beside, in a process of its own with the same JVM. */
final class PeerProcess implements AutoCloseable {
  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final URI address;

  private PeerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param main its class, which takes a port as its last argument and prints a line with {@code
   *     ready} once it serves there
   * @param log where its errors go
   */
  static PeerProcess start(Class<?> main, Path log, List<String> arguments) {
    try {
      int port = FreePort.find();
      var line =
          new ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      line.addAll(ChildInstance.LAUNCHED_WITH);
      line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
      line.addAll(arguments);
      line.add(Integer.toString(port));
      var process = new ProcessBuilder(line).redirectError(log.toFile()).start();
      var said =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
      if (!Optional.ofNullable(said).orElse("").startsWith("ready ")) {
        process.destroyForcibly();
        throw new BenchException(main.getSimpleName() + " does not start: " + LogEnd.of(log));
      }
      return new PeerProcess(process, URI.create("https://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new BenchException(main.getSimpleName() + " cannot be started: " + e.getMessage(), e);
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
