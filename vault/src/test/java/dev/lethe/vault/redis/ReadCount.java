package dev.lethe.vault.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** How often the Redis of a data folder was asked for hashes, which is where people are. */
public final class ReadCount {
  private static final Pattern READ =
      Pattern.compile("cmdstat_(?:hgetall|hmget|hget):calls=(\\d+).*");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private ReadCount() {}

  /** Counts what was read since the server started. */
  public static long of(Path data) throws IOException {
    try (var redis =
        RespConnection.open(RedisAddress.of("unix://" + RedisFolder.of(data).socket(), PATIENCE))) {
      return redis
          .text("INFO", "commandstats")
          .orElseThrow()
          .lines()
          .map(READ::matcher)
          .filter(line -> line.matches())
          .mapToLong(line -> Long.parseLong(line.group(1)))
          .sum();
    }
  }
}
