package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The process of a server that is not our child. */
record ServerProcess(ProcessHandle handle) {
  private static final Pattern FORKED =
      Pattern.compile("redis-(aof-rewrite|rdb-bgsave|rdb-to-slaves)");
  private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

  /** The process that a pid file names, if it is the Redis of that folder and runs. */
  static Optional<ServerProcess> find(RedisFolder folder) throws IOException {
    if (!Files.exists(folder.pidFile())) {
      return Optional.empty();
    }
    var text = Files.readString(folder.pidFile()).trim();
    return text.matches("\\d{1,18}")
        ? ProcessHandle.of(Long.parseLong(text))
            .map(ServerProcess::new)
            .filter(process -> process.alive() && process.worksIn(folder.folder()))
        : Optional.empty();
  }

  /**
   * What servers of a folder have forked, to rewrite its file or to write a dump. Only Linux tells;
   * nothing is found elsewhere.
   */
  static List<ServerProcess> forkedIn(RedisFolder folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> FORKED.matcher(title(process)).lookingAt())
        .map(ServerProcess::new)
        .filter(process -> process.alive() && process.worksIn(folder.folder()))
        .toList();
  }

  /** What a process calls itself; empty where nobody tells. */
  private static String title(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), ISO_8859_1);
    } catch (IOException e) {
      return ""; // another system, gone meanwhile, or of another user
    }
  }

  private static Path workingFolder(ProcessHandle process) {
    return Path.of("/proc/" + process.pid() + "/cwd");
  }

  /** A pid is soon another's: Redis works in its folder, which only Linux tells. */
  private boolean worksIn(Path folder) {
    var cwd = workingFolder(handle);
    try {
      return Files.isSymbolicLink(cwd)
          ? Files.readSymbolicLink(cwd).equals(folder)
          : handle.info().command().filter(command -> command.contains("redis")).isPresent();
    } catch (IOException e) {
      return false; // gone meanwhile, or of another user
    }
  }

  /** Whether it runs; one that has ended and waits for somebody to take notice does not. */
  boolean alive() {
    return handle.isAlive() && !zombie();
  }

  private boolean zombie() {
    try {
      var stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false; // no /proc here, or gone meanwhile: isAlive decides
    }
  }

  /** Waits for the end; kills the process when that takes too long. */
  void end(Duration patience) {
    if (!until(() -> !alive(), patience)) {
      handle.destroyForcibly();
      if (!until(() -> !alive(), patience)) {
        throw new RedisUnavailableException("process " + handle.pid() + " of Redis does not end");
      }
    }
  }

  /** Waits, blocking, for something to become true. */
  static boolean until(BooleanSupplier condition, Duration patience) {
    var lateAt = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - lateAt > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
