package dev.lethe.vault.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the files of Redis that somebody has copied. Each is taken by itself and by what it begins
 * with, not by its name: for who looks for anything that opens, their order and the manifest do not
 * matter, and files that Redis has forgotten count as well.
 */
public final class Copies {
  private static final String MANIFEST = ".manifest";

  private Copies() {}

  /**
   * Everything of Redis at a place.
   *
   * @param place a file, or a folder that is searched to its depths
   * @throws AofFormatException when there is nothing, or a manifest names a part that is missing
   */
  public static List<Source> at(Path place) throws IOException {
    if (Files.isRegularFile(place) && !place.toString().endsWith(MANIFEST)) {
      return List.of(new CopiedFile(place));
    }
    var found = new ArrayList<Source>();
    if (Files.isRegularFile(place)) {
      requireParts(place);
      for (var part : AofManifest.read(place).parts()) {
        found.add(new CopiedFile(place.resolveSibling(part)));
      }
    } else {
      search(place, found);
    }
    if (found.isEmpty()) {
      throw new AofFormatException(place + " holds no file of Redis");
    }
    return List.copyOf(found);
  }

  private static void search(Path folder, List<Source> found) throws IOException {
    List<Path> files;
    try (var all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (var file : files) {
      if (file.toString().endsWith(MANIFEST)) {
        requireParts(file);
      } else if (CopiedFile.looksLikeOne(file)) {
        found.add(new CopiedFile(file));
      }
    }
  }

  private static void requireParts(Path manifest) throws IOException {
    for (var part : AofManifest.read(manifest).parts()) {
      if (!Files.isRegularFile(manifest.resolveSibling(part))) {
        throw new AofFormatException(manifest + " names " + part + ", which is missing");
      }
    }
  }
}
