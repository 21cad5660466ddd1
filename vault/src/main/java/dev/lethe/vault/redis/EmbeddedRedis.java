package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis of our own in {@code DIR/redis}, reached through a unix socket alone. Its process is a
 * daemon: it outlives a crash of ours and is adopted at the next start. Every method blocks; call
 * them on a worker. Thread-safe.
 *
 * <p>Two servers on one append-only file would ruin it. So a start holds a file lock, and a server
 * that runs but does not answer is never replaced.
 */
public final class EmbeddedRedis {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

  /** How long a server may be silent; one that loads its file says so and may take its time. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Duration LOADING = Duration.ofMinutes(10);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final Object START = new Object();

  private enum Answer {
    NONE,
    LOADING,
    READY
  }

  private final RedisFolder folder;
  private final RewriteNiceness niceness = new RewriteNiceness();
  private boolean stopped;

  private EmbeddedRedis(RedisFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts the Redis of a data folder, or adopts the one that runs there.
   *
   * @throws RedisUnavailableException when it does not start; says why in one line
   */
  public static EmbeddedRedis start(Path dataDir) {
    try {
      var redis = new EmbeddedRedis(RedisFolder.of(dataDir));
      redis.ensureRunning();
      return redis;
    } catch (IOException | UnsupportedOperationException e) {
      throw RedisUnavailableException.of("folder redis of the data folder cannot be made", e);
    }
  }

  /** Connection string for {@link RedisLanes}. */
  public String uri() {
    return folder.uri();
  }

  /**
   * Starts the server again if it died.
   *
   * @throws RedisUnavailableException when it does not start, or was stopped
   */
  public synchronized void ensureRunning() {
    if (stopped) {
      throw new RedisUnavailableException("this Redis was stopped");
    }
    if (ask() == Answer.READY) {
      ours();
      return;
    }
    // A file lock keeps other processes out, the monitor other threads of this one.
    synchronized (START) {
      try (var channel =
          FileChannel.open(
              folder.folder().resolve("start.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        channel.lock(); // until the channel is closed
        if (ServerProcess.find(folder).isEmpty()) {
          launch();
        }
        awaitReady();
      } catch (IOException e) {
        throw RedisUnavailableException.of("Redis cannot be started", e);
      }
    }
    ours();
  }

  private Answer ask() {
    try {
      RespProbe.call(folder.socket(), ANSWER, "PING");
      return Answer.READY;
    } catch (RedisReplyException e) {
      return e.code().equals("LOADING") ? Answer.LOADING : Answer.READY;
    } catch (IOException e) {
      return Answer.NONE;
    }
  }

  private void ours() {
    try {
      var reply = RespProbe.call(folder.socket(), ANSWER, "CONFIG", "GET", "dir");
      if (reply.size() < 2 || !reply.get(1).equals(folder.folder().toString())) {
        throw new RedisUnavailableException(
            "another Redis answers at " + folder.socket() + ": stop it first");
      }
    } catch (IOException e) {
      throw RedisUnavailableException.of("Redis does not say whose it is", e);
    }
  }

  private void launch() throws IOException {
    Leftovers.remove(folder);
    var binary = RedisBinary.find(folder.bin());
    folder.writeConf();
    Files.deleteIfExists(folder.pidFile());
    var process =
        new ProcessBuilder(binary.toString(), folder.conf().toString())
            .directory(folder.folder().toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    // The daemon lets go of the output when it has detached itself.
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      if (!process.waitFor(SILENCE.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
        throw new RedisUnavailableException("Redis does not start: " + lastLine(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailableException("interrupted while Redis was starting");
    }
  }

  private void awaitReady() throws IOException {
    var up =
        ServerProcess.until(() -> ask() != Answer.NONE || died(), SILENCE)
            && ServerProcess.until(() -> ask() != Answer.LOADING, LOADING);
    if (!up || ask() != Answer.READY) {
      throw new RedisUnavailableException(
          ServerProcess.find(folder).isPresent()
              ? "Redis runs but does not answer: stop its process, which "
                  + folder.pidFile()
                  + " names"
              : "Redis does not start: " + lastLogLine());
    }
  }

  /** Whether the daemon wrote its pid and is gone: no need to wait any longer. */
  private boolean died() {
    try {
      return Files.exists(folder.pidFile()) && ServerProcess.find(folder).isEmpty();
    } catch (IOException e) {
      return false; // being written or removed at this moment: looked at again
    }
  }

  private String lastLogLine() throws IOException {
    return Files.exists(folder.log())
        ? lastLine(Files.readString(folder.log()))
        : "it wrote no log";
  }

  private static String lastLine(String text) {
    return text.lines()
        .filter(line -> !line.isBlank())
        .reduce((a, b) -> b)
        .orElse("it says nothing");
  }

  /** Whether the server answers now. */
  public boolean running() {
    return ask() == Answer.READY;
  }

  /** Makes a rewrite of its file that has begun since the last call give way to all else. */
  public synchronized void lowerRewrites() {
    process().ifPresent(niceness::lower);
  }

  /** The process, for who must know whether it still runs. */
  synchronized Optional<ServerProcess> process() {
    try {
      return ServerProcess.find(folder);
    } catch (IOException e) {
      throw RedisUnavailableException.of("the pid file of Redis cannot be read", e);
    }
  }

  /**
   * Stops the server: everything acknowledged is in its file. Blocks until the process is gone, and
   * kills it when it does not go by itself. Stopping twice does nothing more.
   *
   * @throws RedisUnavailableException when the process does not even end when killed
   */
  public synchronized void stop() {
    stopped = true;
    var process = process();
    if (process.isEmpty()) {
      return;
    }
    try {
      RespProbe.call(folder.socket(), ANSWER, "SHUTDOWN");
    } catch (IOException e) {
      LOG.debug("Redis ended the connection, as it should: {}", e.getMessage());
    } catch (RedisReplyException e) {
      LOG.warn("Redis refuses to shut down and will be killed: {}", e.getMessage());
    }
    process.get().end(SILENCE);
  }
}
