package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/**
 * Finds a {@code redis-server}: that of the PATH when it is recent, else the one we bring along.
 */
final class RedisBinary {
  /** Older ones lack a multi-part append-only file and fixes of the Lua engine. */
  private static final int OLDEST_OF_PATH = 7;

  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.");

  private RedisBinary() {}

  /**
   * @param folder where ours is unpacked, once
   */
  static Path find(Path folder) {
    return ofPath(Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .orElseGet(() -> unpacked(folder));
  }

  static Optional<Path> ofPath(String path) {
    for (var entry : path.split(File.pathSeparator, -1)) {
      var candidate = Path.of(entry.isEmpty() ? "." : entry, "redis-server");
      if (Files.isExecutable(candidate)) {
        return recent(candidate) ? Optional.of(candidate.toAbsolutePath()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean recent(Path candidate) {
    try {
      var process =
          new ProcessBuilder(candidate.toString(), "--version").redirectErrorStream(true).start();
      var version = VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
      return version.find() && Integer.parseInt(version.group(1)) >= OLDEST_OF_PATH;
    } catch (IOException e) {
      return false; // not a program that runs here: as good as none
    }
  }

  private static Path unpacked(Path folder) {
    var platform = OsArchitecture.detectOSandArchitecture();
    var resource = ExecutableProvider.newProvidedVersionsMap().get(platform);
    if (resource == null) {
      throw new RedisUnavailableException(
          "there is no Redis for this platform: install redis-server 7.0 or newer");
    }
    var name = Path.of(resource).getFileName().toString();
    var binary = folder.resolve(name);
    if (Files.isExecutable(binary)) {
      return binary;
    }
    try {
      // Moved into place whole, so that a crash leaves no half of it.
      var fresh = Files.createDirectories(folder.resolve("unpacking"));
      var file = ExecutableProvider.newJarResourceProvider(fresh.toFile()).get().toPath();
      Files.move(file, binary, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(fresh);
      return binary;
    } catch (IOException e) {
      throw RedisUnavailableException.of("the Redis we bring along cannot be unpacked", e);
    }
  }
}
