package dev.lethe.vault.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A server that runs, for commands of operators. Every method blocks. */
public final class RunningRedis {
  private static final Duration SILENCE = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final String uri;
  private final Duration silence;

  RunningRedis(String uri, Duration silence) {
    this.uri = uri;
    this.silence = silence;
  }

  /** The server of a URI. */
  public static RunningRedis at(String uri) {
    return new RunningRedis(uri, SILENCE);
  }

  /** The server of our own that runs on a data folder, if one does. */
  public static Optional<RunningRedis> in(Path dataDir) throws IOException {
    if (!Files.isDirectory(dataDir.resolve("redis"))) {
      return Optional.empty();
    }
    var folder = RedisFolder.of(dataDir);
    try {
      RespProbe.call(folder.socket(), ANSWER, "PING");
      return Optional.of(new RunningRedis(folder.uri(), SILENCE));
    } catch (RedisReplyException e) {
      return Optional.of(new RunningRedis(folder.uri(), SILENCE)); // it loads its files
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  RespConnection connect() throws IOException {
    return RespConnection.open(RedisAddress.of(uri, silence));
  }

  /**
   * Shows everything that it holds, of all databases, one key at a time; what is written meanwhile
   * may be missed.
   *
   * @param visitor is given the name of a command that would write it, the key, and its content
   */
  public void each(Consumer<List<byte[]>> visitor) throws IOException {
    try (var redis = connect()) {
      new StoredValues(redis).each(visitor);
    }
  }

  /**
   * Writes a dump of everything as of one moment, in the format of RDB.
   *
   * @throws RedisUnavailableException when the server refuses, with its reason
   */
  public void dump(OutputStream out) throws IOException {
    try (var redis = connect()) {
      new Dump(redis).copyTo(out);
    } catch (RedisReplyException e) {
      throw RedisUnavailableException.of("Redis does not give a dump", e);
    }
  }

  /** The server's version, such as 7.2.4. */
  public String version() throws IOException {
    try (var redis = connect()) {
      return ServerInfo.parse(redis.text("INFO", "server").orElse("")).text("redis_version");
    }
  }

  /** The id of the installation that it belongs to; empty when nobody has claimed it. */
  public Optional<String> installation() throws IOException {
    try (var redis = connect()) {
      return redis.text("HGET", "lethe:installation", "id");
    }
  }
}
