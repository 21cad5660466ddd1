package dev.lethe.vault.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that Redis wrote down, in order: the single file of Redis 6, or the parts of Redis 7,
 * those that a rewrite replaced and that still lie there included.
 *
 * @param files oldest first
 */
public record AofLog(List<Path> files) {
  private static final String SINGLE = "appendonly.aof";
  private static final String FOLDER = "appendonlydir";
  private static final String MANIFEST = ".manifest";

  /**
   * How much there was.
   *
   * @param torn whether the last command was cut off, and left out
   */
  public record Extent(long commands, boolean torn) {}

  /**
   * Finds the log.
   *
   * @param place the folder of a Redis, a folder with a manifest, or a file
   * @throws AofFormatException when there is none, or not one alone
   */
  public static AofLog in(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return place.toString().endsWith(MANIFEST) ? ofManifest(place) : new AofLog(List.of(place));
    }
    var manifest = manifestIn(place.resolve(FOLDER));
    if (manifest.isEmpty()) {
      manifest = manifestIn(place);
    }
    if (manifest.isPresent()) {
      return ofManifest(manifest.get());
    }
    if (Files.isRegularFile(place.resolve(SINGLE))) {
      return new AofLog(List.of(place.resolve(SINGLE)));
    }
    throw new AofFormatException(place + " holds no append-only file");
  }

  private static Optional<Path> manifestIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var names = Files.list(folder)) {
      var manifests = names.filter(file -> file.toString().endsWith(MANIFEST)).toList();
      if (manifests.size() > 1) {
        throw new AofFormatException(folder + " holds more than one manifest");
      }
      return manifests.stream().findFirst();
    }
  }

  private static AofLog ofManifest(Path manifest) throws IOException {
    var parts = AofManifest.read(manifest).parts();
    var files = new ArrayList<Path>();
    for (var type : AofManifest.Type.values()) {
      for (var part : parts) {
        if (part.type() == type) {
          files.add(manifest.resolveSibling(part.name()));
        }
      }
    }
    return new AofLog(List.copyOf(files));
  }

  /**
   * Reads everything once.
   *
   * @throws AofFormatException when a file is damaged, or torn and not the last
   */
  public Extent read(Consumer<AofCommand> visitor) throws IOException {
    long commands = 0;
    boolean torn = false;
    for (var file : files) {
      if (torn) {
        throw new AofFormatException("a file before " + file + " ends within a command");
      }
      try (var reader = AofReader.open(file)) {
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
          commands++;
          visitor.accept(next.get());
        }
        torn = reader.torn();
      }
    }
    return new Extent(commands, torn);
  }
}
