package dev.lethe.vault.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server that was killed leaves in its folder: the process that was rewriting its file, and
 * what that has written so far. Redis never looks at such a file again, nor removes it, and it
 * holds whoever is erased later.
 */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final String UNFINISHED = "temp-*.{aof,rdb}";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private Leftovers() {}

  /** Ends and removes them, where no server runs. Blocks. */
  static void remove(RedisFolder folder) throws IOException {
    for (var orphan : ServerProcess.forkedIn(folder)) {
      orphan.handle().destroyForcibly();
      orphan.end(PATIENCE);
    }
    var files = unfinished(folder);
    for (var file : files) {
      Files.deleteIfExists(file);
    }
    if (!files.isEmpty()) {
      LOG.info("removed {} unfinished files of a Redis that was killed", files.size());
    }
  }

  private static List<Path> unfinished(RedisFolder folder) throws IOException {
    var matcher = folder.folder().getFileSystem().getPathMatcher("glob:" + UNFINISHED);
    try (var files = Files.list(folder.folder())) {
      return files.filter(file -> matcher.matches(file.getFileName())).toList();
    }
  }
}
