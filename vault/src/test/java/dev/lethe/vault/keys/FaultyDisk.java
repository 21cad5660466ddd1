package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

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

  @Override
  public byte[] read(Path file) throws IOException {
    var bytes = REAL.read(file);
    if (fault == Fault.ROTTEN) {
      bytes[bytes.length / 2] ^= 1;
    }
    return bytes;
  }

  @Override
  public void write(Path file, byte[] bytes) throws IOException {
    if (fault == Fault.FULL) {
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      throw new IOException("No space left on device");
    }
    REAL.write(file, bytes);
  }

  @Override
  public void replace(Path file, Path by) throws IOException {
    if (fault == Fault.NO_REPLACE) {
      throw new IOException("Input/output error");
    }
    REAL.replace(file, by);
    if (fault == Fault.NO_FORCE) {
      throw new IOException("Input/output error");
    }
  }
}
