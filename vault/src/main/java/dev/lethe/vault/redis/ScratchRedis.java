package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server of our own that loads one RDB file in a folder, is asked what is in it, and ends. It
 * listens on a unix socket alone and writes nothing unless asked to. Every method blocks.
 */
public final class ScratchRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScratchRedis.class);
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration LOADING = Duration.ofMinutes(30);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("\\bv=([\\d.]+)");

  /** The name under which it looks for the file, in {@link #folder}. */
  public static final String RDB = "dump.rdb";

  private final RedisFolder folder;
  private final Process process;

  private ScratchRedis(RedisFolder folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Where the file has to lie before {@link #start}, in a data folder; made for nobody else. */
  public static Path folder(Path dataDir) throws IOException {
    return RedisFolder.of(dataDir).folder();
  }

  /** The version of the server that {@link #start} would start, such as 7.2.4. */
  public static String version(Path dataDir) throws IOException {
    var binary = RedisBinary.find(RedisFolder.of(dataDir).bin());
    var process =
        new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    var version = VERSION.matcher(text);
    if (!version.find()) {
      throw new RedisUnavailableException(binary + " does not say which version it is");
    }
    return version.group(1);
  }

  /**
   * Starts the server and waits until it has loaded the file.
   *
   * @throws RedisUnavailableException when it does not, with the reason in one line
   */
  public static ScratchRedis start(Path dataDir) throws IOException {
    var folder = RedisFolder.of(dataDir);
    var binary = RedisBinary.find(folder.bin());
    Files.write(folder.conf(), folder.scratchConf(RDB));
    var process =
        new ProcessBuilder(binary.toString(), folder.conf().toString())
            .directory(folder.folder().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var scratch = new ScratchRedis(folder, process);
    try {
      scratch.awaitReady();
      return scratch;
    } catch (RuntimeException e) {
      scratch.close();
      throw e;
    }
  }

  private void awaitReady() throws IOException {
    var ready = ServerProcess.until(() -> !process.isAlive() || answers(), LOADING);
    if (!ready || !process.isAlive()) {
      throw new RedisUnavailableException("the file does not load into Redis: " + lastLogLine());
    }
  }

  private boolean answers() {
    try {
      RespProbe.call(folder.socket(), PATIENCE, "PING");
      return true;
    } catch (RedisReplyException | IOException e) {
      return false; // starting, or loading: asked again
    }
  }

  private String lastLogLine() throws IOException {
    if (!Files.exists(folder.log())) {
      return "it wrote no log";
    }
    try (var lines = Files.lines(folder.log())) {
      return lines.filter(line -> !line.isBlank()).reduce((a, b) -> b).orElse("it says nothing");
    }
  }

  /** Shows everything that it holds, see {@link RunningRedis#each}. */
  public void each(Consumer<List<byte[]>> visitor) throws IOException {
    server().each(visitor);
  }

  /** The server as a client sees it. */
  public RunningRedis server() {
    return new RunningRedis(folder.uri(), SILENCE);
  }

  /**
   * Has it write an append-only file of everything, as a server with {@code appendonly yes} expects
   * to find it, and waits for the end.
   */
  public void writeAppendOnlyFile() throws IOException {
    try (var redis = RespConnection.open(RedisAddress.of(folder.uri(), SILENCE))) {
      redis.call("CONFIG", "SET", "appendfsync", "always");
      redis.call("CONFIG", "SET", "appendonly", "yes");
      var written = ServerProcess.until(() -> rewritten(redis), LOADING);
      if (!written) {
        throw new RedisUnavailableException("Redis does not finish its append-only file");
      }
    }
  }

  private static boolean rewritten(RespConnection redis) {
    try {
      var info = ServerInfo.parse(redis.text("INFO", "persistence").orElse(""));
      if (!info.text("aof_last_bgrewrite_status").equals("ok")) {
        throw new RedisUnavailableException("Redis cannot write its append-only file");
      }
      return info.text("aof_enabled").equals("1")
          && info.text("aof_rewrite_in_progress").equals("0")
          && info.text("aof_rewrite_scheduled").equals("0");
    } catch (IOException e) {
      throw RedisUnavailableException.of("Redis ended while it wrote", e);
    }
  }

  /** Ends the server; what it was told to keep is in its files. */
  @Override
  public void close() {
    try {
      RespProbe.call(folder.socket(), PATIENCE, "SHUTDOWN");
    } catch (IOException | RedisReplyException e) {
      LOG.debug("Redis ends: {}", e.getMessage());
    }
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Removes a folder that a scratch server was given, with everything in it. */
  public static void remove(Path dataDir) throws IOException {
    var socketFolder = RedisFolder.of(dataDir).socket().getParent();
    try (var paths = Files.walk(dataDir)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    if (socketFolder != null && Files.isDirectory(socketFolder)) {
      Files.deleteIfExists(socketFolder.resolve("redis.sock"));
      Files.delete(socketFolder);
    }
  }
}
