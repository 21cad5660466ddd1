package dev.lethe.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** What a node is called in leases: random, and kept in its data folder. */
final class NodeName {
  private NodeName() {}

  /** Makes one at the first start. Blocks. */
  static String of(Path data) {
    var file = data.resolve("node");
    try {
      var name = Files.exists(file) ? Files.readString(file).strip() : "";
      if (name.isEmpty()) {
        name = UUID.randomUUID().toString();
        Files.writeString(file, name);
      }
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException("the node's name in " + file + " cannot be kept", e);
    }
  }
}
