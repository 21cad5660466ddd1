package dev.lethe.gateway.app.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process said last: its log is often gone with its folder when somebody wants to read. */
public final class LogEnd {
  private static final int LINES = 5;

  private LogEnd() {}

  /** The last lines of a log, or why they cannot be read. */
  public static String of(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
