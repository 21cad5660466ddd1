package dev.lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** {@code redis-cli} and {@code redis-benchmark} (Debian package redis-tools) on one server. */
public final class RedisTools {
  private static final String PACKAGE = "redis-tools";
  private static final long LOOK_EVERY_NANOS = 50_000_000;
  private static final long LONGEST_NANOS = 900_000_000_000L;

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
   * A number that {@code INFO} tells; a server that does not know it has none of what it counts.
   */
  public double figure(String section, String name) {
    return call("INFO", section)
        .lines()
        .map(line -> line.split(":", 2))
        .filter(line -> line[0].equals(name))
        .mapToDouble(line -> Double.parseDouble(line[1].strip()))
        .findFirst()
        .orElse(0);
  }

  /** Forgets what took long before, and notes what does from now on. */
  public void watchLatency() {
    call("CONFIG", "SET", "latency-monitor-threshold", "1");
    call("LATENCY", "RESET");
  }

  /** Milliseconds of the longest synchronisation of its append-only file since; 0 under one. */
  public double longestSync() {
    var events = call("LATENCY", "LATEST").lines().toList();
    // Name, time of the last, milliseconds of the last, and of the longest.
    int found = events.indexOf("aof-fsync-always");
    return found < 0 ? 0 : Double.parseDouble(events.get(found + 3));
  }

  /** Has it rewrite its append-only file, and waits for that: bytes of the file then. */
  public long rewrite() {
    awaitRewrites();
    call("BGREWRITEAOF");
    awaitRewrites();
    return (long) figure("persistence", "aof_base_size");
  }

  /** Waits until it is rewriting nothing, and has given back what was removed. */
  public void awaitRewrites() {
    long end = System.nanoTime() + LONGEST_NANOS;
    while (figure("persistence", "aof_rewrite_in_progress") > 0
        || figure("persistence", "aof_rewrite_scheduled") > 0
        || figure("memory", "lazyfree_pending_objects") > 0) {
      if (System.nanoTime() - end > 0) {
        throw new BenchException("Redis does not end the rewriting of its file");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
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
