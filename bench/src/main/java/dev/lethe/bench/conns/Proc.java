package dev.lethe.bench.conns;

import dev.lethe.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A process as Linux shows it (proc(5)).
 *
 * @param folder in {@code /proc}
 */
record Proc(Path folder) {
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+([0-9]+) kB$");
  private static final Pattern FILES =
      Pattern.compile("(?m)^Max open files\\s+([0-9]+|unlimited)\\s");
  private static final long KIB = 1_024;

  static Proc of(long pid) {
    return new Proc(Path.of("/proc", Long.toString(pid)));
  }

  /** Bytes of memory that it has at this moment. */
  long residentBytes() {
    return residentBytes(read("status"));
  }

  static long residentBytes(String status) {
    var found = RESIDENT.matcher(status);
    if (!found.find()) {
      throw new BenchException("no VmRSS in the status of a process");
    }
    return Long.parseLong(found.group(1)) * KIB;
  }

  /** How many files and sockets it may have open. */
  long mostOpenFiles() {
    return mostOpenFiles(read("limits"));
  }

  static long mostOpenFiles(String limits) {
    var found = FILES.matcher(limits);
    if (!found.find()) {
      throw new BenchException("no open files in the limits of a process");
    }
    return found.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(found.group(1));
  }

  /** How many it has open. */
  long openFiles() {
    try (var files = Files.list(folder.resolve("fd"))) {
      return files.count();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BenchException unreadable(IOException e) {
    return new BenchException("needs Linux: " + folder + " cannot be read", e);
  }
}
