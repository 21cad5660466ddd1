package dev.lethe.vault.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the processes that a server forks, to rewrite its file or to stream a backup, give way to
 * the server and to us: on few processors they would take a share of every answer's time. Only
 * Linux tells of them; elsewhere, or without {@code renice}, they keep their priority. Calls block.
 */
final class RewriteNiceness {
  private static final Logger LOG = LoggerFactory.getLogger(RewriteNiceness.class);
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** About a tenth of the weight of others: nothing beside it suffers, and yet it ends in time. */
  private static final String LOW = "10";

  private static final long PATIENCE_S = 5;

  private Set<Long> lowered = Set.of();
  private boolean refused;

  /** Lowers the priority of each process that was forked since the last call. */
  void lower(ServerProcess server) {
    var children = children(server.handle().pid());
    for (long child : children) {
      if (!lowered.contains(child)) {
        renice(child);
      }
    }
    lowered = children;
  }

  private static Set<Long> children(long pid) {
    var list = Path.of("/proc/" + pid + "/task/" + pid + "/children");
    try {
      return SPACE
          .splitAsStream(Files.readString(list))
          .filter(child -> !child.isEmpty())
          .map(Long::valueOf)
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      return Set.of(); // another system, or the server has just ended
    }
  }

  private void renice(long child) {
    try {
      var process =
          new ProcessBuilder(List.of("renice", "-n", LOW, "-p", Long.toString(child)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      if (!refused) {
        LOG.info("rewrites of Redis keep their priority: {}", e.getMessage());
      }
      refused = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
