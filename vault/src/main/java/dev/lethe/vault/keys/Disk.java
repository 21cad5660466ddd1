package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The disk under a keystore. */
interface Disk {
  /** The real one. */
  Disk REAL = new Real();

  byte[] read(Path file) throws IOException;

  /** Writes a file anew, for its owner alone; returns when it survives a power cut. */
  void write(Path file, byte[] bytes) throws IOException;

  /** Puts a file in the place of another, at once and for good. */
  void replace(Path file, Path by) throws IOException;

  /** Files of this machine. */
  final class Real implements Disk {
    private Real() {}

    @Override
    public byte[] read(Path file) throws IOException {
      return Files.readAllBytes(file);
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
      Files.deleteIfExists(file);
      try (var channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    }

    @Override
    public void replace(Path file, Path by) throws IOException {
      Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    }
  }
}
