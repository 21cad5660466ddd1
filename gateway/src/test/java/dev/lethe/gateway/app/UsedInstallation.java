package dev.lethe.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The data folder of an instance that ran once, to be copied and damaged by tests. */
final class UsedInstallation {
  private final Path all;
  private final Path folder;
  private int copies;

  /** Starts and stops an instance in a folder below the given one. */
  UsedInstallation(Path all) {
    this.all = all;
    this.folder = all.resolve("used");
    Trial.up(folder).started();
  }

  Path folder() {
    return folder;
  }

  /** A data folder like it, for one case. */
  Path copy() throws IOException {
    var data = all.resolve("case-" + copies++);
    copy(folder, data);
    return data;
  }

  static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.filter(one -> !one.endsWith("redis.sock")).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  static void remove(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static Path write(Path data, String name, String text) throws IOException {
    return Files.writeString(data.resolve(name), text);
  }

  static Path keystore(Path data) {
    return data.resolve("keystore/keystore.bcfks");
  }

  static Path ledger(Path data) {
    return data.resolve("ledger/ledger.jsonl");
  }
}
