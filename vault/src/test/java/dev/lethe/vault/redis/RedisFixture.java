package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A real Redis in a folder of its own, for one test class. Everything in it blocks. */
public final class RedisFixture implements AutoCloseable {
  private static final long PATIENCE_S = 20;

  private final Path dataDir;
  private final EmbeddedRedis redis;

  private RedisFixture(Path dataDir) {
    this.dataDir = dataDir;
    this.redis = EmbeddedRedis.start(dataDir);
  }

  /** Starts one. */
  public static RedisFixture start() {
    try {
      return new RedisFixture(Files.createTempDirectory("lethe-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server. */
  public EmbeddedRedis redis() {
    return redis;
  }

  /** Connection string. */
  public String uri() {
    return redis.uri();
  }

  /** The data folder; the files of Redis are in {@code redis/}. */
  public Path dataDir() {
    return dataDir;
  }

  /** Lanes to it, to be closed by the caller. */
  public RedisLanes lanes(Vertx vertx) {
    return new RedisLanes(vertx, uri(), IdentityHook.NONE);
  }

  /** Sends a command that the store does not have, such as FLUSHALL. */
  public void command(String... command) {
    command(dataDir, command);
  }

  /** Sends one to the server of a data folder. */
  public static void command(Path data, String... command) {
    try {
      RespProbe.call(RedisFolder.of(data).socket(), Duration.ofSeconds(PATIENCE_S), command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the server as a crash would, and waits until it is gone. */
  public void kill() {
    var process = redis.process().orElseThrow();
    process.handle().destroyForcibly();
    process.end(Duration.ofSeconds(PATIENCE_S));
  }

  /** Sends a signal such as STOP or CONT. */
  public void signal(String name) {
    var pid = Long.toString(redis.process().orElseThrow().handle().pid());
    try {
      var code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill gave " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The value of a future, for a thread of a test; throws the cause when it failed. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops the server and removes its folder. */
  @Override
  public void close() {
    redis.stop();
    try (var paths = Files.walk(dataDir)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
