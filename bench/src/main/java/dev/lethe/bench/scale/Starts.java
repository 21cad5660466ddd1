package dev.lethe.bench.scale;

import dev.lethe.bench.BenchException;
import dev.lethe.gateway.app.story.ChildInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Starts of whole instances on data folders. */
final class Starts {
  /** As Redis 6 and 7 say it, whatever stands before. */
  private static final Pattern LOADED =
      Pattern.compile("DB loaded from append only file: ([0-9.]+) seconds");

  private Starts() {}

  /**
   * Seconds from the start of its process until it says that it is ready; stops it then. Blocks.
   */
  static double seconds(Path folder) {
    long begun = System.nanoTime();
    var instance = ChildInstance.start(System.getProperty("java.class.path"), folder, List.of());
    double seconds = (System.nanoTime() - begun) / 1e9;
    instance.close();
    return seconds;
  }

  /** Seconds that the Redis of a folder took to load its file when it was last started. */
  static double loading(Path folder) {
    try {
      return lastLoading(Files.readString(folder.resolve("redis").resolve("redis.log")))
          .orElseThrow(() -> new BenchException("Redis does not say how long it loaded"));
    } catch (IOException e) {
      throw new BenchException("the log of Redis cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same of a log; empty when nothing was loaded. */
  static OptionalDouble lastLoading(String log) {
    return LOADED
        .matcher(log)
        .results()
        .mapToDouble(found -> Double.parseDouble(found.group(1)))
        .reduce((before, last) -> last);
  }
}
