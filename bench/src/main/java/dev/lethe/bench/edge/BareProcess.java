package dev.lethe.bench.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A {@link BareServer} in a process of its own, on the Redis and the certificate of an instance.
 */
final class BareProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  private BareProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * @param data folder of the instance
   * @param keys of the people in its Redis
   * @param answerBytes how long an answer is
   */
  static BareProcess start(Path data, List<String> keys, int answerBytes) {
    try {
      int port = FreePort.find();
      var people = Files.write(data.resolve("bare-people"), keys);
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  BareServer.class.getName(),
                  Integer.toString(port),
                  data.resolve("tls").toString(),
                  "unix://" + data.resolve("redis").resolve("redis.sock"),
                  people.toString(),
                  Integer.toString(answerBytes))
              .redirectError(data.resolve("bare.log").toFile())
              .start();
      var line =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
      if (!Optional.ofNullable(line).orElse("").startsWith("ready ")) {
        process.destroyForcibly();
        throw new BenchException("the bare server does not start; see " + data + "/bare.log");
      }
      return new BareProcess(process, URI.create("https://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new BenchException("the bare server cannot be started: " + e.getMessage(), e);
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
