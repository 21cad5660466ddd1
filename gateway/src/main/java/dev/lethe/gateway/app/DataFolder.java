package dev.lethe.gateway.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder that one running instance has for itself. The lock is the operating system's, so it
 * ends with the process, however that ends.
 */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes the folder if it is missing, and locks it.
   *
   * @throws FailedException when it cannot be made, or another instance has it
   */
  static DataFolder lock(Path path) {
    OwnerOnly.folder(path);
    Path file = path.resolve("lock");
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!taken(channel)) {
        channel.close();
        throw new FailedException(
            "data folder "
                + path
                + " is in use by another instance: stop that one, or name another with --data");
      }
      return new DataFolder(path, channel);
    } catch (IOException e) {
      throw new FailedException(
          "data folder "
              + path
              + " cannot be written to ("
              + e.getClass().getSimpleName()
              + "): check its owner and permissions, or name another with --data",
          e);
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new FailedException("data folder " + path + " cannot be unlocked", e);
    }
  }
}
