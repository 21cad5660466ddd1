package dev.lethe.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies of the files of a running Redis and of a keystore, as a backup takes them. */
final class RedisCopies {
  private static final int MOST_TRIES = 50;

  private final Path redis;
  private final Path keystore;
  private final Path target;
  private int taken;

  RedisCopies(Path vault, Path target) {
    this.redis = vault.resolve("redis");
    this.keystore = vault.resolve("keystore");
    this.target = target;
  }

  /** Everything that Redis has on disk now, as one copy. */
  Path takeRedis() throws IOException {
    var copy = Files.createDirectory(target.resolve("redis-" + taken++));
    for (int i = 0; i < MOST_TRIES; i++) {
      var before = listing();
      try {
        for (var file : before) {
          var to = copy.resolve(redis.relativize(file));
          Files.createDirectories(to.getParent());
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      } catch (NoSuchFileException e) {
        continue; // a rewrite has replaced it
      }
      if (listing().equals(before)) {
        return copy;
      }
    }
    throw new AssertionError("the files of Redis change faster than they are copied");
  }

  private List<Path> listing() throws IOException {
    try (Stream<Path> files = Files.walk(redis)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> redis.relativize(file).toString().startsWith("appendonly"))
          .sorted()
          .toList();
    } catch (java.io.UncheckedIOException e) {
      return List.of(); // a file went while the folder was read: tried again
    }
  }

  /** A folder with the keystore as it is now. */
  Path takeKeystore() throws IOException {
    var copy = Files.createDirectory(target.resolve("keystore-" + taken++));
    Files.copy(keystore.resolve("keystore.bcfks"), copy.resolve("keystore.bcfks"));
    return copy;
  }
}
