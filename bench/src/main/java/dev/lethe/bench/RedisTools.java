package dev.lethe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code redis-cli} and {@code redis-benchmark} (Debian package redis-tools) on one server. */
public final class RedisTools {
  private final String socket;

  /**
   * @param conf settings of the server
   */
  public RedisTools(Path conf) {
    try {
      this.socket =
          Files.readAllLines(conf).stream()
              .filter(line -> line.startsWith("unixsocket "))
              .map(line -> line.substring("unixsocket ".length()).replace("\"", ""))
              .findFirst()
              .orElseThrow(() -> new BenchException("no socket is named in " + conf));
    } catch (IOException e) {
      throw new BenchException("the settings of Redis cannot be read: " + e.getMessage(), e);
    }
  }

  /** Sends one command and answers its reply as text. */
  public String call(String... command) {
    var line = new ArrayList<>(List.of("redis-cli", "-s", socket, "--raw"));
    line.addAll(List.of(command));
    return run(line).strip();
  }

  /**
   * Requests per second of a command, repeated by many connections at once; {@code __rand_int__} in
   * it stands for twelve digits.
   *
   * @param range of the number behind the twelve digits
   * @param inFlight requests at any time
   */
  public double rate(int requests, int range, int inFlight, List<String> command) {
    int connections = 16;
    var line =
        new ArrayList<>(
            List.of(
                "redis-benchmark",
                "-s",
                socket,
                "--csv",
                "-n",
                Integer.toString(requests),
                "-r",
                Integer.toString(range),
                "-c",
                Integer.toString(connections),
                "-P",
                Integer.toString(inFlight / connections)));
    line.addAll(command);
    // "the command","rate","average",…
    var lines = run(line).strip().lines().toList();
    var last = lines.get(lines.size() - 1);
    int rate = last.indexOf("\",\"") + "\",\"".length();
    return Double.parseDouble(last.substring(rate, last.indexOf('"', rate)));
  }

  private static String run(List<String> line) {
    try {
      var process = new ProcessBuilder(line).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new BenchException(line.get(0) + " fails: " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new BenchException(
          line.get(0) + " cannot be run: install redis-tools (" + e.getMessage() + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
