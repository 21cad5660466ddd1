package dev.lethe.gateway.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.gateway.app.FailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An instance in a process of its own, so that it can be killed. */
public final class ChildInstance implements AutoCloseable {
  /** What the launcher gives the JVM of {@code up}. */
  public static final List<String> LAUNCHED_WITH =
      Stream.of(System.getProperty("lethe.jvm", "").split(" ", -1))
          .filter(option -> !option.isEmpty())
          .toList();

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
  static final String MAIN = "dev.lethe.gateway.app.Main";

  private static final long STOP_SECONDS = 60;

  private final Process process;
  private final Path data;
  private final URI client;
  private final URI admin;

  private ChildInstance(Process process, Path data, URI client, URI admin) {
    this.process = process;
    this.data = data;
    this.client = client;
    this.admin = admin;
  }

  /** Starts one and waits until it accepts requests. */
  static ChildInstance start(Path data, ClassArchive classes) {
    return start(classes.jvmOptions(), classes.classPath(), data, List.of());
  }

  /** The same of another class path, with some options more. */
  public static ChildInstance start(String classPath, Path data, List<String> options) {
    return start(List.of(), classPath, data, options);
  }

  private static ChildInstance start(
      List<String> jvmOptions, String classPath, Path data, List<String> options) {
    var command = new ArrayList<String>();
    command.add(JAVA);
    command.addAll(LAUNCHED_WITH);
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-cp",
            classPath,
            MAIN,
            "up",
            "--data",
            data.toString(),
            "--port",
            "0",
            "--admin-port",
            "0"));
    command.addAll(options);
    var log = data.resolve("instance.log");
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    withoutSettings(builder);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var line =
          Optional.ofNullable(
                  new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))
                      .readLine())
              .orElse("");
      var words = line.split(" ", -1);
      if (words.length != 3 || !words[0].equals("ready")) {
        process.destroyForcibly();
        throw new FailedException("the instance does not start: " + LogEnd.of(log));
      }
      return new ChildInstance(process, data, URI.create(words[1]), URI.create(words[2]));
    } catch (IOException e) {
      throw new FailedException("the instance cannot be started", e);
    }
  }

  /** What is set for this process is not meant for another one. */
  static void withoutSettings(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("LETHE_"));
  }

  Api api() {
    return new Api(client, admin, certificate());
  }

  /** Where clients call. */
  public URI client() {
    return client;
  }

  /** Where administrators call. */
  public URI admin() {
    return admin;
  }

  /** The certificate of both, PEM. */
  public Path certificate() {
    return data.resolve("tls/cert.pem");
  }

  /** Its process. */
  public long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Kills the Redis that the instance started, and nothing else. */
  void killRedis() {
    try {
      long pid = Long.parseLong(Files.readString(data.resolve("redis/redis.pid")).strip());
      ProcessHandle.of(pid)
          .filter(handle -> handle.info().command().orElse("").contains("redis"))
          .ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException | NumberFormatException e) {
      throw new FailedException("Redis of the instance is not found", e);
    }
  }

  /** Stops it as a signal would, unless it is dead already. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new FailedException("the instance did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    }
  }
}
