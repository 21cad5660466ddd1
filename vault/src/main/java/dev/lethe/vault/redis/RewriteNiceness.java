package dev.lethe.vault.redis;

import dev.lethe.vault.process.Niceness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the processes that a server forks, to rewrite its file or to stream a backup, give way to
 * the server and to us: on few processors they would take a share of every answer's time. Only
 * Linux tells of them. Calls block.
 */
final class RewriteNiceness {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Set<Long> lowered = Set.of();

  /** Lowers the priority of each process that was forked since the last call. */
  void lower(ServerProcess server) {
    var children = children(server.handle().pid());
    for (long child : children) {
      if (!lowered.contains(child)) {
        Niceness.lower(child);
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
}
