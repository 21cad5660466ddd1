package dev.lethe.bench.auth;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Load by {@code wrk}, which costs little beside the servers: a closed loop that walks through
 * tokens in their order. Each of its threads has a part of them to itself and begins anew at its
 * end.
 */
final class Wrk {
  static final Program PROGRAM = new Program("wrk", "wrk");
  static final int CONNECTIONS = 64;
  static final int THREADS = 2;

  private final Path script;

  /**
   * @param folder for its script
   */
  Wrk(Path folder) {
    try (var in = Wrk.class.getResourceAsStream("tokens.lua")) {
      if (in == null) {
        throw new IllegalStateException("tokens.lua is missing from the class path");
      }
      this.script = Files.write(folder.resolve("tokens.lua"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks for some time.
   *
   * @param tokens file with one on each line
   * @param from which token of its part each thread begins with
   * @throws BenchException when anything is answered but with success
   */
  WrkOutput run(URI resource, Path tokens, List<Integer> from, Duration time) {
    var output =
        WrkOutput.parse(
            PROGRAM.run(
                List.of(
                    "-t",
                    Integer.toString(THREADS),
                    "-c",
                    Integer.toString(CONNECTIONS),
                    "-d",
                    time.toSeconds() + "s",
                    "--timeout",
                    "10s",
                    "-s",
                    script.toString(),
                    resource.toString(),
                    "--",
                    tokens.toString(),
                    from.stream().map(String::valueOf).collect(Collectors.joining(",")))));
    if (output.refused() > 0 || output.broken() > 0) {
      throw new BenchException(
          resource
              + ": "
              + output.refused()
              + " requests are refused and "
              + output.broken()
              + " get no answer");
    }
    return output;
  }
}
