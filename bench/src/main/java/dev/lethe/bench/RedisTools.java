package dev.lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code redis-cli} and {@code redis-benchmark} (Debian package redis-tools) on one server. */
public final class RedisTools {
  private static final String PACKAGE = "redis-tools";

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
    var arguments = new ArrayList<>(List.of("-s", socket, "--raw"));
    arguments.addAll(List.of(command));
    return new Program("redis-cli", PACKAGE).run(arguments).strip();
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
    var arguments =
        new ArrayList<>(
            List.of(
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
    arguments.addAll(command);
    // "the command","rate","average",…
    var lines = new Program("redis-benchmark", PACKAGE).run(arguments).strip().lines().toList();
    var last = lines.get(lines.size() - 1);
    int rate = last.indexOf("\",\"") + "\",\"".length();
    return Double.parseDouble(last.substring(rate, last.indexOf('"', rate)));
  }
}
