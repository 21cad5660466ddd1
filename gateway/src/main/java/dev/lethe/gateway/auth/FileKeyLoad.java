package dev.lethe.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Reads a key file on a worker thread, when it changed. */
final class FileKeyLoad implements KeyLoad {
  private record Stamp(FileTime modified, long size) {}

  private static final long MAX_BYTES = 256 * 1024;

  private final Vertx vertx;
  private final Path path;
  private volatile Optional<Stamp> seen = Optional.empty();

  FileKeyLoad(Vertx vertx, Path path) {
    this.vertx = vertx;
    this.path = path;
  }

  @Override
  public Future<Optional<String>> load() {
    return vertx.executeBlocking(this::readIfChanged);
  }

  private Optional<String> readIfChanged() throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class);
    var stamp = new Stamp(attributes.lastModifiedTime(), attributes.size());
    if (seen.filter(stamp::equals).isPresent()) {
      return Optional.empty();
    }
    if (stamp.size() > MAX_BYTES) {
      throw new IOException("key file is too large");
    }
    String text = Files.readString(path);
    seen = Optional.of(stamp);
    return Optional.of(text);
  }
}
