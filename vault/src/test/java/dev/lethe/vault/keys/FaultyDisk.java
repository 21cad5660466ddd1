package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A real disk that fails when a test says so. */
final class FaultyDisk implements Disk {
  enum Fault {
    NONE,
    /** Half of the file is written. */
    FULL,
    /** The new file cannot take the place of the old one. */
    NO_REPLACE,
    /** The new file stands, but whether for good is not known. */
    NO_FORCE,
    /** What is read differs from what was written. */
    ROTTEN
  }

  volatile Fault fault = Fault.NONE;

  /** Is run before a new file takes the place of the old one. */
  volatile Runnable beforeReplace = () -> {};

  /** Folder whose files alone are hit; all are without one. */
  volatile Optional<Path> only = Optional.empty();

  private boolean hits(Fault one, Path file) {
    return fault == one && only.map(file::startsWith).orElse(true);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    var bytes = REAL.read(file);
    if (hits(Fault.ROTTEN, file)) {
      bytes[bytes.length / 2] ^= 1;
    }
    return bytes;
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    if (hits(Fault.FULL, file)) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      throw new IOException("No space left on device");
    }
    REAL.write(file, bytes);
  }

  @Override
  public void replace(Path file, Path by) throws IOException {
    beforeReplace.run();
    if (hits(Fault.NO_REPLACE, file)) {
      throw new IOException("Input/output error");
    }
    REAL.replace(file, by);
    if (hits(Fault.NO_FORCE, file)) {
      throw new IOException("Input/output error");
    }
  }
}
